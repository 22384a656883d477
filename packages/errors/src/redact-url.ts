import { redactText } from './redact-text.ts';
import { isSecretName } from './secret-name.ts';

const REDACTED = '[REDACTED]';

/** Parameters that sign an address: whoever has it may do what it allows. */
const SIGNATURES =
  /^(?:sig|signature|awsaccesskeyid|x-(?:amz|goog)-(?:signature|credential|security-token))$/i;

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Parameters keep their order and their form; only the values of secret ones go. */
function redactQuery(query: string): string {
  const parameters = query.split('&').map((parameter) => {
    const [name = ''] = parameter.split('=', 1);
    const decoded = decode(name);
    return SIGNATURES.test(decoded) || isSecretName(decoded) ? `${name}=${REDACTED}` : parameter;
  });
  return parameters.join('&');
}

/**
 * An address that may be recorded: without user and password, without the values of
 * parameters that hold keys or signatures, and without its fragment. Never throws:
 * of what is no address, secrets are removed as of any text.
 */
export function redactUrl(address: string | URL): string {
  const text = String(address);
  const url = URL.parse(text);
  if (url === null) return redactText(text);
  const { protocol, host, pathname, search, username, password } = url;
  const user = username === '' && password === '' ? '' : `${REDACTED}@`;
  const query = search === '' ? '' : `?${redactQuery(search.slice(1))}`;
  return redactText(`${protocol}//${user}${host}${pathname}${query}`);
}
