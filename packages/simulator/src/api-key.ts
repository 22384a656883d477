import type { IncomingHttpHeaders } from 'node:http';

/** The bearer token of a request, or an empty string. */
export function bearerToken(headers: IncomingHttpHeaders): string {
  return /^Bearer[ \t]+(\S.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim() ?? '';
}

/** Whether a key is one of the accepted ones or, without such a list, does not begin with `invalid`. */
export function isAccepted(key: string, accepted: ReadonlySet<string> | undefined): boolean {
  return accepted === undefined ? !key.startsWith('invalid') : accepted.has(key);
}
