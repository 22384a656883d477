import { ConfigurationError } from '@integrations/errors';

/** The version of the scheme, which each signature begins with. */
const VERSION = 'v1,';

type Subtle = typeof globalThis.crypto.subtle;

function subtleCrypto(): Subtle {
  const subtle: Subtle | undefined = globalThis.crypto?.subtle;
  if (subtle !== undefined) return subtle;
  throw new ConfigurationError(
    'This platform has no Web Crypto, so webhooks cannot be verified. Browsers have it on HTTPS pages only.',
  );
}

/** `v1,` and the base64 of the HMAC-SHA256 of what was signed. */
async function sign(
  key: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const subtle = subtleCrypto();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const hmacKey = await subtle.importKey('raw', key, algorithm, false, ['sign']);
  const digest = new Uint8Array(await subtle.sign('HMAC', hmacKey, content));
  return VERSION + btoa(String.fromCharCode(...digest));
}

/** Compares in a time that tells nothing of where the first difference is. */
function isEqual(expected: string, given: string): boolean {
  if (expected.length !== given.length) return false;
  let difference = 0;
  for (let at = 0; at < expected.length; at += 1) {
    difference |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  }
  return difference === 0;
}

/**
 * Whether one of the signatures is by one of the keys. All are compared, whichever is
 * right.
 *
 * @throws ConfigurationError where there is no Web Crypto.
 */
export async function isSignedBy(
  keys: readonly Uint8Array<ArrayBuffer>[],
  content: Uint8Array<ArrayBuffer>,
  signatures: readonly string[],
): Promise<boolean> {
  const expected = await Promise.all(keys.map((key) => sign(key, content)));
  const matches = expected.flatMap((right) => signatures.map((given) => isEqual(right, given)));
  return matches.includes(true);
}
