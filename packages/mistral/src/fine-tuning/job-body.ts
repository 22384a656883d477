import { registerSecret } from '@integrations/errors';
import { type BodyEncoding, JSON_BODY } from '@integrations/provider';
import { SecretString } from '@integrations/types';

type Write = (secret: string | SecretString) => string;

function rewriteEach(list: unknown, name: string, write: Write): unknown {
  if (!Array.isArray(list)) return list;
  const items = list as Readonly<Record<string, string | SecretString>>[];
  return items.map((item) => ({ ...item, [name]: write(item[name] ?? '') }));
}

/** The same request, with another text for each of its secrets. It need not be a right one. */
function rewriteSecrets(body: unknown, write: Write): object {
  const request = { ...(body as object) };
  const { integrations, repositories } = request as Readonly<Record<string, unknown>>;
  return {
    ...request,
    integrations: rewriteEach(integrations, 'api_key', write),
    repositories: rewriteEach(repositories, 'token', write),
  };
}

/** The server may echo a secret in an error, now or when somebody asks for the job. */
function expose(secret: string | SecretString): string {
  registerSecret(secret);
  return secret instanceof SecretString ? secret.expose() : secret;
}

/** As JSON; logs see that there are secrets, and nothing of them. */
export const JOB_BODY: BodyEncoding = {
  draft: (body, options, call) => JSON_BODY.draft(rewriteSecrets(body, expose), options, call),
  shown: (body) => rewriteSecrets(body, () => '[REDACTED]'),
};
