import {
  AttemptTimeoutError,
  ConnectionError,
  ConnectTimeoutError,
  DnsError,
  HeadersTimeoutError,
  ProtocolError,
  TlsError,
  ValidationError,
} from '@integrations/errors';
import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { toNetworkError } from './network-error.ts';

const CALL = 'POST https://host/v1/chat';

function withCode(code: string, syscall?: string): Error {
  return Object.assign(new Error('what happened'), { code, syscall });
}

describe('toNetworkError', () => {
  it.each([
    ['UND_ERR_CONNECT_TIMEOUT', ConnectTimeoutError],
    ['UND_ERR_HEADERS_TIMEOUT', HeadersTimeoutError],
    ['ENOTFOUND', DnsError],
    ['EAI_AGAIN', DnsError],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', TlsError],
    ['SELF_SIGNED_CERT_IN_CHAIN', TlsError],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TlsError],
    ['CERT_HAS_EXPIRED', TlsError],
    ['ERR_TLS_CERT_ALTNAME_INVALID', TlsError],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', TlsError],
    ['EPROTO', TlsError],
    ['HPE_INVALID_CONSTANT', ProtocolError],
    ['UND_ERR_HEADERS_OVERFLOW', ProtocolError],
    ['HPE_INVALID_EOF_STATE', ConnectionError],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', ConnectionError],
    ['ECONNREFUSED', ConnectionError],
    ['ECONNRESET', ConnectionError],
    ['EPIPE', ConnectionError],
    ['EHOSTUNREACH', ConnectionError],
    ['ETIMEDOUT', ConnectionError],
    ['UND_ERR_SOCKET', ConnectionError],
    ['UND_ERR_BODY_TIMEOUT', ConnectionError],
    ['ERR_HTTP2_STREAM_ERROR', ConnectionError],
    ['SOMETHING_NEW', ConnectionError],
    ['UND_ERR_INVALID_ARG', ValidationError],
  ])('%s', (code, type) => {
    const cause = withCode(code);
    const error = toNetworkError(cause, CALL);
    expect(error.constructor).toBe(type);
    expect(error.cause).toBe(cause);
    expect(error.message.startsWith(CALL)).toBe(true);
    const wrapped = toNetworkError(new TypeError('fetch failed', { cause }), CALL);
    expect(wrapped.constructor).toBe(type);
  });

  it('tells a timeout of connecting from one of reading', () => {
    expect(toNetworkError(withCode('ETIMEDOUT', 'connect'), CALL)).toBeInstanceOf(
      ConnectTimeoutError,
    );
    const all = Object.assign(new AggregateError([withCode('ETIMEDOUT')], 'all failed'), {
      code: 'ETIMEDOUT',
    });
    expect(toNetworkError(all, CALL)).toBeInstanceOf(ConnectTimeoutError);
    expect(toNetworkError(withCode('ETIMEDOUT', 'read'), CALL).constructor).toBe(ConnectionError);
  });

  it('knows the errors of the parser, which carry no code', () => {
    const invalid = new errors.HTTPParserError('Response does not match (Expected HTTP/)');
    expect(toNetworkError(invalid, CALL)).toBeInstanceOf(ProtocolError);
    const cut = new errors.HTTPParserError('Response does not match (Invalid EOF state)');
    expect(toNetworkError(cut, CALL).constructor).toBe(ConnectionError);
  });

  it('leaves an error of ours as it is', () => {
    const ours = new AttemptTimeoutError('took too long');
    expect(toNetworkError(ours, CALL)).toBe(ours);
  });

  it('takes what is no error at all', () => {
    expect(toNetworkError(undefined, CALL)).toBeInstanceOf(ConnectionError);
    expect(toNetworkError('odd', CALL).message).toContain('odd');
  });
});
