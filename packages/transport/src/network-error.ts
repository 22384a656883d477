import {
  ConnectionError,
  ConnectTimeoutError,
  DnsError,
  HeadersTimeoutError,
  type IntegrationError,
  isIntegrationError,
  ProtocolError,
  TlsError,
  ValidationError,
} from '@integrations/errors';

/** What is read of an error of undici, Node.js or `fetch`. */
interface NetworkFailure {
  readonly code: string;
  readonly message: string;
  readonly syscall: string | undefined;
  readonly cause: unknown;
}

type Factory = (call: string, failure: NetworkFailure) => IntegrationError;

const DNS = /^(?:ENOTFOUND|EAI_\w+)$/;
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|INVALID_NON_CA|PATH_LENGTH_|HOSTNAME_MISMATCH|EPROTO$)/;
const PROTOCOL = /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW$)/;
const TRUNCATED = /^(?:HPE_INVALID_EOF_STATE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
const REFUSED_INPUT = /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/;

const connectTimeout: Factory = (call, { cause }) =>
  new ConnectTimeoutError(
    `${call}: no connection was made in time. Check that the host is reachable, or raise connectTimeout.`,
    { cause },
  );

const headersTimeout: Factory = (call, { cause }) =>
  new HeadersTimeoutError(
    `${call}: the server took the request and sent no response head in time. Raise headersTimeout if it may think that long.`,
    { cause },
  );

const dns: Factory = (call, { code, cause }) =>
  new DnsError(
    `${call}: the host's name could not be resolved (${code}). Check the base URL and the network's DNS.`,
    { cause },
  );

const tls: Factory = (call, { code, message, cause }) =>
  new TlsError(
    `${call}: no trustworthy TLS connection could be made (${code}: ${message}). Check the host's certificate and TLS version; add a private authority with the ca option.`,
    { cause },
  );

const truncated: Factory = (call, { cause }) =>
  new ConnectionError(
    `${call}: the connection ended before the response was complete. Try again.`,
    { cause },
  );

const protocol: Factory = (call, { code, message, cause }) =>
  new ProtocolError(
    `${call}: the answer is not valid HTTP (${code}: ${message}). Check that the address is that of the API.`,
    { cause },
  );

const refusedInput: Factory = (call, { message, cause }) =>
  new ValidationError(`${call}: the request cannot be sent (${message}). Correct it.`, { cause });

const connection: Factory = (call, { code, message, cause }) => {
  const detail = [code, message].filter((part) => part !== '').join(': ');
  return new ConnectionError(
    `${call}: the connection failed${detail === '' ? '' : ` (${detail})`}. Check that the host is reachable and try again.`,
    { cause },
  );
};

function factoryFor({ code, syscall, cause }: NetworkFailure): Factory {
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return connectTimeout;
  if (code === 'ETIMEDOUT' && (syscall === 'connect' || cause instanceof AggregateError)) {
    return connectTimeout;
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return headersTimeout;
  if (DNS.test(code)) return dns;
  if (TLS.test(code)) return tls;
  if (TRUNCATED.test(code)) return truncated;
  if (PROTOCOL.test(code)) return protocol;
  if (REFUSED_INPUT.test(code)) return refusedInput;
  return connection;
}

/** undici's parser names the kind of its errors in the message only. */
function parserCode(error: Error): string | undefined {
  if (error.name !== 'HTTPParserError') return undefined;
  return error.message.includes('EOF') ? 'HPE_INVALID_EOF_STATE' : 'HPE_INVALID';
}

function readFailure(error: unknown): NetworkFailure {
  if (!(error instanceof Error)) {
    return { code: '', message: String(error), syscall: undefined, cause: error };
  }
  const { code = parserCode(error), syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') {
    return {
      code,
      message: error.message,
      syscall: typeof syscall === 'string' ? syscall : undefined,
      cause: error,
    };
  }
  // `fetch` wraps what happened in a TypeError.
  if (error.cause instanceof Error) return readFailure(error.cause);
  return { code: '', message: error.message, syscall: undefined, cause: error };
}

/**
 * The typed error for a failure of the network; an error of ours stays as it is.
 *
 * @param call what failed, for the message: `POST https://host/path`.
 */
export function toNetworkError(error: unknown, call: string): IntegrationError {
  if (isIntegrationError(error)) return error;
  const failure = readFailure(error);
  return factoryFor(failure)(call, failure);
}
