import { isAccepted } from '../api-key.ts';
import { RequestRefused } from '../refusal.ts';

/**
 * Checks a key against the accepted ones, or without such a list accepts every one that does not begin with `invalid`.
 *
 * @throws RequestRefused 401, which never repeats the key
 */
export function checkApiKey(key: string, accepted: ReadonlySet<string> | undefined): void {
  if (key === '') {
    throw new RequestRefused({
      status: 401,
      message: 'No API key was given. Send it in a header: Authorization: Bearer YOUR_KEY.',
      code: 'invalid_api_key',
    });
  }
  if (!isAccepted(key, accepted))
    throw new RequestRefused({
      status: 401,
      message: 'The API key is not correct.',
      code: 'invalid_api_key',
    });
}
