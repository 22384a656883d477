import { describe, expect, it } from 'vitest';
import { httpRequestAttributes, httpResponseAttributes, serverOf } from './http-attributes.ts';

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
      url: 'http://127.0.0.1:81/',
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

  it('reads the server from an address that lost its user', () => {
    const url = 'https://[REDACTED]@api.example.com/v1';
    expect(httpRequestAttributes({ method: 'GET', url })).toEqual({
      'http.request.method': 'GET',
      'url.full': url,
      'server.address': 'api.example.com',
      'server.port': 443,
    });
  });

  it('takes the server that it is told', () => {
    const facts = { method: 'GET', url: 'https://proxy.example.com/', serverAddress: 'a.example' };
    expect(httpRequestAttributes(facts)).toEqual({
      'http.request.method': 'GET',
      'url.full': 'https://proxy.example.com/',
      'server.address': 'a.example',
    });
    expect(httpRequestAttributes({ ...facts, serverPort: 8080 })).toMatchObject({
      'server.address': 'a.example',
      'server.port': 8080,
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

describe('serverOf', () => {
  it.each([
    ['https://api.example.com/v1', { serverAddress: 'api.example.com', serverPort: 443 }],
    ['http://api.example.com', { serverAddress: 'api.example.com', serverPort: 80 }],
    ['http://127.0.0.1:81/v1', { serverAddress: '127.0.0.1', serverPort: 81 }],
    ['ws://api.example.com', { serverAddress: 'api.example.com', serverPort: undefined }],
    ['/v1/chat', {}],
    ['', {}],
  ])('of %j', (url, server) => {
    expect(serverOf(url)).toEqual(server);
  });
});
