import { redact, redactText } from '@integrations/errors';

const REDACTED = '[REDACTED]';

/** Parameters that sign an address: whoever has it may do what it allows. */
const SIGNATURES =
  /^(?:sig|signature|awsaccesskeyid|x-(?:amz|goog)-(?:signature|credential|security-token))$/i;

function isSecret(name: string): boolean {
  if (SIGNATURES.test(name)) return true;
  return Object.values(redact({ [name]: '' }) as object)[0] === REDACTED;
}

/** Parameters keep their order and their form; only the values of secret ones go. */
function redactQuery(query: string): string {
  const parameters = query.split('&').map((parameter) => {
    const [name = ''] = parameter.split('=', 1);
    return isSecret(decode(name)) ? `${name}=${REDACTED}` : parameter;
  });
  return parameters.join('&');
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * An address that may be recorded: without user and password, without the values of
 * parameters that hold keys or signatures, and without its fragment. Never throws:
 * of what is no address, secrets are removed as of any text.
 */
export function redactUrl(address: string | URL): string {
  const text = String(address);
  if (!URL.canParse(text)) return redactText(text);
  const { protocol, host, pathname, search, username, password } = new URL(text);
  const user = username === '' && password === '' ? '' : `${REDACTED}@`;
  const query = search === '' ? '' : `?${redactQuery(search.slice(1))}`;
  return redactText(`${protocol}//${user}${host}${pathname}${query}`);
}
