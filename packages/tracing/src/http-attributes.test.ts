import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpRequestAttributes, httpResponseAttributes } from './http-attributes.ts';
import { redactUrl } from './redact-url.ts';

const URL_TEXT = 'https://api.example.com/v1/chat?limit=5';
const STABLE = {
  'http.request.method': 'POST',
  'url.full': URL_TEXT,
  'server.address': 'api.example.com',
  'server.port': 443,
};

describe('httpRequestAttributes', () => {
  it.each([
    ['none', {}],
    ['openai', { method: 'POST', url: URL_TEXT }],
    ['mistral', { 'http.method': 'POST', 'http.url': URL_TEXT }],
  ] as const)('of dialect %s', (dialect, more) => {
    const attributes = httpRequestAttributes({ method: 'POST', url: URL_TEXT }, dialect);
    expect(attributes).toEqual({ ...STABLE, ...more });
  });

  it('counts what was sent again, and sizes', () => {
    const facts = {
      method: 'GET',
      url: new URL('http://127.0.0.1:81/'),
      resendCount: 2,
      bodySize: 0,
    };
    expect(httpRequestAttributes(facts)).toEqual({
      'http.request.method': 'GET',
      'url.full': 'http://127.0.0.1:81/',
      'server.address': '127.0.0.1',
      'server.port': 81,
      'http.request.resend_count': 2,
      'http.request.body.size': 0,
    });
  });

  it('takes a path for what it is', () => {
    expect(httpRequestAttributes({ method: 'GET', url: '/v1/models' })).toEqual({
      'http.request.method': 'GET',
      'url.full': '/v1/models',
    });
  });
});

describe('httpResponseAttributes', () => {
  const facts = { status: 200, bodySize: 12, peerAddress: '127.0.0.1', peerPort: 443 };
  const stable = {
    'http.response.status_code': 200,
    'http.response.body.size': 12,
    'network.peer.address': '127.0.0.1',
    'network.peer.port': 443,
  };

  it.each([
    ['none', {}],
    ['openai', { status_code: 200, 'peer.address': '127.0.0.1', 'peer.port': 443 }],
    ['mistral', { 'http.status_code': 200, 'http.response_size': 12 }],
  ] as const)('of dialect %s', (dialect, more) => {
    expect(httpResponseAttributes(facts, dialect)).toEqual({ ...stable, ...more });
    expect(httpResponseAttributes({ status: 429 })).toEqual({ 'http.response.status_code': 429 });
  });
});

describe('redactUrl', () => {
  it.each([
    ['https://user:pass@example.com/a', 'https://[REDACTED]@example.com/a'],
    ['https://example.com/a?api_key=abc&page=2', 'https://example.com/a?api_key=[REDACTED]&page=2'],
    ['https://example.com/a?sig=abc&se=1', 'https://example.com/a?sig=[REDACTED]&se=1'],
    [
      'https://example.com/a?X-Amz-Signature=f00',
      'https://example.com/a?X-Amz-Signature=[REDACTED]',
    ],
    ['https://example.com/a?api%5Fkey=abc', 'https://example.com/a?api%5Fkey=[REDACTED]'],
    ['https://example.com/a#token=abc', 'https://example.com/a'],
    ['https://example.com/a?%zz=1', 'https://example.com/a?%zz=1'],
    ['not an address, password=abc', 'not an address, password=[REDACTED]'],
  ])('of %s is %s', (address, redacted) => {
    expect(redactUrl(address)).toBe(redacted);
  });

  it('shows no user, whatever the address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (address) => {
        const withUser = address.replace('://', '://ada:lovelace@');
        expect(redactUrl(withUser)).not.toContain('lovelace');
      }),
    );
  });
});
