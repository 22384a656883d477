import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactText } from './redact-text.ts';

/** Made from parts, so that no line of this file has the shape of a key. */
const join = (...parts: readonly string[]): string => parts.join('');
const RANDOM = 'aB3dE5gH7jK9mN1pQ2rS';
const KEY = join('sk', '-', 'proj-', RANDOM);
const TOKEN = join('eyJ', 'hbGciOiJIUzI1', '.', 'eyJ', 'zdWIiOiIx', '.', RANDOM);

describe('redactText', () => {
  it.each<[string, string, string]>([
    ['a key', `key ${KEY} is wrong`, 'key [REDACTED] is wrong'],
    ['a key at the end', `key: ${KEY}.`, 'key: [REDACTED].'],
    ['a webhook secret', join('whsec', '_', RANDOM), '[REDACTED]'],
    ['a cloud key', join('llx', '-', RANDOM), '[REDACTED]'],
    ['a session', join('sess', '-', RANDOM), '[REDACTED]'],
    ['a key in small letters', join('sk', '-', 'proj-', 'q'.repeat(30)), '[REDACTED]'],
    [
      'a masked key',
      `Incorrect API key provided: ${join('sk', '-', 'ab', '*'.repeat(12), 'cdef')}. You can`,
      'Incorrect API key provided: [REDACTED]. You can',
    ],
    ['a bearer', `sent Bearer ${RANDOM}!`, 'sent Bearer [REDACTED]!'],
    ['a bearer in small letters', 'bearer test-key', 'bearer [REDACTED]'],
    ['a bearer of words', 'Bearer token-of-mine', 'Bearer [REDACTED]'],
    ['a header', 'authorization: Bearer test-key', 'authorization: Bearer [REDACTED]'],
    ['a header with basic', 'Authorization: Basic abcd', 'Authorization: Basic [REDACTED]'],
    ['a printed header', `{ authorization: 'test-key' }`, `{ authorization: '[REDACTED]' }`],
    ['basic', `got Basic ${btoa('user:password')} here`, 'got Basic [REDACTED] here'],
    ['a web token', `jwt ${TOKEN} expired`, 'jwt [REDACTED] expired'],
    ['an address', join('https://user', ':', 'word', '@host/path'), 'https://[REDACTED]@host/path'],
    ['an address, one part', join('https://word', '@host/'), 'https://[REDACTED]@host/'],
    [
      'an address with @ in the word',
      join('http://user', ':', 'w@rd', '@host:80/x'),
      'http://[REDACTED]@host:80/x',
    ],
    ['a parameter', '/v1?api_key=abc&limit=5', '/v1?api_key=[REDACTED]&limit=5'],
    ['a setting', 'OPENAI_API_KEY=test-key', 'OPENAI_API_KEY=[REDACTED]'],
    ['a client secret', 'client_secret=abc def', 'client_secret=[REDACTED] def'],
    ['a quoted setting', 'password = "abc"', 'password = "[REDACTED]"'],
    ['a numeric password', 'password=12345', 'password=[REDACTED]'],
    ['an access token', '&access_token=abc#top', '&access_token=[REDACTED]'],
    ['a long number', 'token=12345678901', 'token=[REDACTED]'],
    ['JSON', '{"api_key":"abc","n":1}', '{"api_key":"[REDACTED]","n":1}'],
    [
      'JSON with escapes',
      String.raw`{"password": "a\"b'c","n":1}`,
      '{"password": "[REDACTED]","n":1}',
    ],
    ['JSON with a number', 'got {"password": 12345}', 'got {"password": [REDACTED]}'],
    ['JSON with a list', '{"cookies":["a","b"],"n":1}', '{"cookies":[REDACTED],"n":1}'],
    ['JSON with an object', `{'secret': {'a': 'b'}}`, `{'secret': [REDACTED]}`],
    ['JSON that was cut', '{"client_secret":"abc', '{"client_secret":"[REDACTED]'],
    ['a key header', 'x-api-key: abc123', 'x-api-key: [REDACTED]'],
    [
      'an account',
      `limit reached in organization ${join('org-', RANDOM)} on tokens`,
      'limit reached in organization org-[REDACTED] on tokens',
    ],
    ['cookies', 'got cookie: a=b; c=d\nnext', 'got cookie: [REDACTED]\nnext'],
    ['cookies that are set', 'Set-Cookie: id=abc; Path=/', 'Set-Cookie: [REDACTED]'],
    [
      'an account header',
      'OpenAI-Organization: mine, x: y',
      'OpenAI-Organization: [REDACTED], x: y',
    ],
    ['a project header', `{ 'openai-project': 'p1' }`, `{ 'openai-project': '[REDACTED]' }`],
    ['an account in JSON', '{"organization":"mine"}', '{"organization":"[REDACTED]"}'],
    ['an account of a setting', '{"openai_org_id": "mine"}', '{"openai_org_id": "[REDACTED]"}'],
    ['a signature', '/f?se=1&sig=a%2Fb&x=1', '/f?se=1&sig=[REDACTED]&x=1'],
    ['a key in a query', 'https://host.test/?key=abc', 'https://host.test/?key=[REDACTED]'],
    ['an account in a query', '/v1?organization=mine', '/v1?organization=[REDACTED]'],
    [
      'a cloud signature',
      '?X-Amz-Credential=a/b&X-Amz-Signature=abc',
      '?X-Amz-Credential=[REDACTED]&X-Amz-Signature=[REDACTED]',
    ],
    [
      'JSON in JSON',
      String.raw`{"body":"{\"password\":\"abc\",\"n\":1}"}`,
      String.raw`{"body":"{\"password\":\"[REDACTED]\",\"n\":1}"}`,
    ],
    [
      'a header in JSON in JSON',
      String.raw`"{\"authorization\":\"test-key\"}"`,
      String.raw`"{\"authorization\":\"[REDACTED]\"}"`,
    ],
    ['a project', join('proj', '_', RANDOM), 'proj_[REDACTED]'],
  ])('takes out %s', (_name, text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'task-based, risk-averse and disk-intensive work',
    'sk-learn and sk-learn-contrib are libraries',
    'the column pk_customer_id is missing',
    'the token=5 limit',
    'max_tokens=4096 is more than 2048',
    'Unexpected token: < in JSON at position 0',
    `Unexpected token '<', "<html>" is not valid JSON`,
    '{"token":"Hello","logprob":-0.1}',
    'Basic authentication is not supported',
    'a basic understanding and/or more',
    'Bearer authentication is required; the bearer token is missing.',
    'Bearer realm="api"',
    'the bearer of this',
    'api_key: Field required',
    'pass an API key: see the documentation',
    'password is too short',
    'org-mode and proj_settings',
    'the cookie: it is stale',
    'the project: a new one',
    '{"disorganization":"all","projection":"flat"}',
    'https://host.test/?keyword=abc&signal=1',
    'sort(key=lambda)',
    '{"password":null,"secret":false}',
    'request req_0123456789abcdef0123456789abcdef failed',
    'https://host.test/v1/chat?limit=5#top',
    'https://host.test/@scope/name, mail me@host.test',
    'https://host.test/?mail=me@host.test',
    '{"url":"https://host.test","mail":"me@host.test"}',
    'eyJ is how they begin',
    '',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes out every key of a text, wherever it stands', () => {
    const words = fc.constantFrom('', ' ', '"', '(', ', ', '\n', 'a ', 'key=', ': ');
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), (around) => {
        expect(redactText(around.map((word) => `${word}${KEY} `).join(''))).not.toContain(RANDOM);
      }),
    );
  });

  it('changes nothing the second time', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        KEY,
        TOKEN,
        'Bearer ',
        'authorization: ',
        'token=',
        '"secret":"',
        '//a:b@',
        '=',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const once = redactText(pieces.join(''));
        expect(redactText(once)).toBe(once);
      }),
    );
  });
});

/** Pieces that begin a match, or keep one going, without ending it. */
const ADVERSARIAL: readonly string[] = [
  'a',
  ' ',
  '-',
  'sk-',
  'sk-a-',
  'sk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-',
  'sk_a',
  'eyJ',
  'eyJ-',
  'eyJaaaaaaaa.',
  'Bearer',
  'Bearer ',
  'Basic ',
  'Basic a',
  'authorization',
  'authorization: ',
  'authorization:bearer ',
  '//',
  '//a:',
  '//a',
  ':a',
  'api_key',
  'api_key ',
  'api_key: ',
  'api_key:a',
  'token=',
  'token= ',
  'secret" :',
  'secret":"',
  String.raw`secret":"\\`,
  '\\',
  'org-',
  'org-a',
  'proj_a',
  '="',
  'cookie:',
  'cookie: a',
  'cookie: a=',
  'openai-project',
  'openai-project: ',
  '"organization":"',
  '"project" ',
  String.raw`\"secret\":\"`,
  String.raw`secret\\\":`,
  '?key=',
  '"secret":{',
  '"secret":[',
  '"secret":a',
  '&sig',
  'bearer\t',
];

describe('redactText on long hostile text', () => {
  // Quadratic work on this length takes minutes, and the test would time out.
  const LENGTH = 400_000;
  const repeat = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length));

  it.each(ADVERSARIAL)('is done soon with a repeated %j', (piece) => {
    expect(redactText(`${repeat(piece)}\n`)).toMatch(/(?:\n|\[REDACTED\])$/);
  });

  it.each(ADVERSARIAL)('is done soon with %j and a long rest', (piece) => {
    for (const rest of ['a', ' ', 'a-', '-', 'A', '1', '*', '.', ':', '\\', "'", 'a@']) {
      const text = `${piece}${rest.repeat(LENGTH / 4)}\n`;
      expect(redactText(text)).toMatch(/(?:\n|\[REDACTED\])$/);
    }
  });
});
