import { ConfigurationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { HttpProxy, proxyFromEnvironment } from './proxy.ts';

const URL_WITH_PASSWORD = 'http://user:p%40ss@proxy.example:3128';

describe('HttpProxy', () => {
  it('reads address and credentials', () => {
    const proxy = new HttpProxy(URL_WITH_PASSWORD);
    expect([proxy.isSecure, proxy.hostname, proxy.port]).toEqual([false, 'proxy.example', '3128']);
    expect(proxy.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(proxy.name).toBe('proxy.example:3128');
  });

  it.each([
    ['http://proxy.example', '80', 'proxy.example'],
    ['https://proxy.example', '443', 'proxy.example'],
    ['http://[::1]:8080', '8080', '::1'],
  ])('knows host and port of %s', (url, port, hostname) => {
    const proxy = new HttpProxy(url);
    expect([proxy.port, proxy.hostname, proxy.authorization]).toEqual([port, hostname, undefined]);
  });

  it.each([['Bearer one'], [new SecretString('Bearer one')]])(
    'prefers a token to user and password',
    (token) => {
      expect(new HttpProxy({ url: URL_WITH_PASSWORD, token }).authorization).toBe('Bearer one');
    },
  );

  it.each(['socks5://user:hidden@host', 'hidden', ''])(
    'refuses %j and repeats none of it',
    (url) => {
      expect(() => new HttpProxy(url)).toThrow(ConfigurationError);
      expect(() => new HttpProxy(url)).not.toThrow(/hidden/);
    },
  );

  it.each([
    ['example.com', 'example.com', true],
    ['example.com', 'api.example.com', true],
    ['.example.com', 'api.example.com', true],
    ['*.example.com', 'API.Example.com', true],
    ['example.com', 'notexample.com', false],
    ['other.com, example.com', 'example.com', true],
    ['example.com:443', 'example.com', true],
    ['example.com:8443', 'example.com', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['::1', '::1', true],
    ['[::1]:443', '::1', true],
    ['[::1]:80', '::1', false],
    ['*', 'example.com', true],
    ['', 'example.com', false],
    [' , ', 'example.com', false],
  ])('with noProxy %j calls %s directly: %s', (noProxy, hostname, isDirect) => {
    const proxy = new HttpProxy({ url: 'http://proxy.example', noProxy });
    expect(proxy.serves({ hostname, port: '443' })).toBe(!isDirect);
  });
});

describe('proxyFromEnvironment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://a' }, 'http://a'],
    [{ https_proxy: 'http://b', HTTPS_PROXY: 'http://a' }, 'http://b'],
    [{ ALL_PROXY: 'http://c' }, 'http://c'],
    [{ HTTPS_PROXY: '', all_proxy: 'http://d' }, 'http://d'],
  ])('reads %j', (environment, url) => {
    expect(proxyFromEnvironment(environment)?.url).toBe(url);
  });

  it.each([{}, { HTTP_PROXY: 'http://a' }, { HTTPS_PROXY: '' }])(
    'finds none in %j',
    (environment) => {
      expect(proxyFromEnvironment(environment)).toBeUndefined();
    },
  );

  it('leaves out the machine itself, and what NO_PROXY says', () => {
    const settings = proxyFromEnvironment({ HTTPS_PROXY: 'http://a', NO_PROXY: 'example.com' });
    const proxy = new HttpProxy(settings ?? '');
    const direct = ['localhost', '127.0.0.1', '::1', 'api.example.com', 'other.com'].filter(
      (hostname) => !proxy.serves({ hostname, port: '443' }),
    );
    expect(direct).toEqual(['localhost', '127.0.0.1', '::1', 'api.example.com']);
  });
});
