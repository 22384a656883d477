import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { SecretString } from '@integrations/types';
import { IntegrationError } from './integration-error.ts';
import { redact } from './redact.ts';
import { redactText } from './redact-text.ts';
import {
  type ExposableSecret,
  MOST_SECRETS,
  registerSecret,
  secretGeneration,
  type SecretRegistration,
} from './secret-registry.ts';

const registrations: SecretRegistration[] = [];

function register(secret: string | ExposableSecret): SecretRegistration {
  const registration = registerSecret(secret);
  registrations.push(registration);
  return registration;
}

afterEach(() => {
  for (const registration of registrations.splice(0)) registration[Symbol.dispose]();
});

/** A word that no shape knows. */
const SECRET = 'plain words here';

describe('registerSecret', () => {
  it.each<[string, string | ExposableSecret]>([
    ['a string', SECRET],
    ['a SecretString', new SecretString(SECRET)],
    ['anything that exposes one', { expose: () => SECRET }],
  ])('takes %s', (_name, secret) => {
    expect(redactText(`say ${SECRET}!`)).toBe(`say ${SECRET}!`);
    expect(register(secret).registered).toBe(true);
    expect(redactText(`say ${SECRET}!`)).toBe('say [REDACTED]!');
  });

  it('covers errors, their context and what is redacted by name and value', () => {
    register(SECRET);
    const error = new IntegrationError('server', `got ${SECRET}`, false, {
      context: { [SECRET]: [SECRET], note: `{"a":"${SECRET}"}` },
    });
    expect(error.message).toBe('got [REDACTED]');
    expect(error.context).toEqual({
      '[REDACTED]': ['[REDACTED]'],
      note: '{"a":"[REDACTED]"}',
    });
    expect(redact(new Map([[SECRET, new Set([SECRET])]]))).toEqual({
      '[REDACTED]': ['[REDACTED]'],
    });
  });

  it('covers numbers', () => {
    register('123456789');
    expect(redact([123_456_789, 1_234_567_890, 123_456_780, 123_456_789n])).toEqual([
      '[REDACTED]',
      '[REDACTED]0',
      123_456_780,
      '[REDACTED]',
    ]);
  });

  it.each(['', 'seven77', 'REDACTED', '[REDACTED]'])('refuses %j', (secret) => {
    expect(register(secret).registered).toBe(false);
    expect(redactText(`${secret} and more`)).toBe(`${secret} and more`);
  });

  it.each([undefined, null, 12_345_678, {}, { expose: () => 5 }])(
    'throws a TypeError for %j',
    (secret) => {
      expect(() => registerSecret(secret as string)).toThrow(TypeError);
    },
  );

  it('lets go of a secret when its last registration is disposed of', () => {
    const first = register(SECRET);
    const second = register(SECRET);
    const other = register('another secret');
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(redactText(SECRET)).toBe('[REDACTED]');
    second[Symbol.dispose]();
    expect(redactText(`${SECRET}, another secret`)).toBe(`${SECRET}, [REDACTED]`);
    other[Symbol.dispose]();
    expect(redactText('another secret')).toBe('another secret');
  });

  it('works with `using`', () => {
    {
      using registration = registerSecret(SECRET);
      expect(registration.registered).toBe(true);
      expect(redactText(SECRET)).toBe('[REDACTED]');
    }
    expect(redactText(SECRET)).toBe(SECRET);
  });

  it('counts a generation for each new secret', () => {
    const before = secretGeneration();
    register(SECRET);
    register(SECRET);
    expect(secretGeneration()).toBe(before + 1);
  });

  it('drops the oldest when there are too many, whose registration then does nothing', () => {
    const oldest = register(SECRET);
    for (let index = 0; index < MOST_SECRETS; index += 1)
      register(`secret number ${index} of many`);
    expect(redactText(SECRET)).toBe(SECRET);
    expect(redactText('secret number 0 of many')).toBe('[REDACTED]');
    expect(redactText(`secret number ${MOST_SECRETS - 1} of many`)).toBe('[REDACTED]');
    register(SECRET);
    oldest[Symbol.dispose]();
    expect(redactText(SECRET)).toBe('[REDACTED]');
  }, 60_000);

  it('judges a name anew after a secret was registered', () => {
    expect(redact({ [SECRET]: 1 })).toEqual({ [SECRET]: 1 });
    register(SECRET);
    expect(redact({ [SECRET]: 1 })).toEqual({ '[REDACTED]': 1 });
  });
});

/** Every way of writing a secret down that is known. */
const SPELLINGS: readonly (readonly [string, (secret: string) => string])[] = [
  ['itself', (secret) => secret],
  ['JSON', (secret) => JSON.stringify({ secret })],
  ['JSON in JSON', (secret) => JSON.stringify(JSON.stringify({ secret }))],
  ['a path', (secret) => `/v1/${encodeURIComponent(secret)}/x`],
  ['a URI', (secret) => encodeURI(`https://host.test/${secret}?a=b`)],
  ['a form', (secret) => new URLSearchParams({ a: secret, b: 'c' }).toString()],
  ['small hex', (secret) => encodeURIComponent(secret).replaceAll(/%../g, (x) => x.toLowerCase())],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64 after one byte', (secret) => Buffer.from(`:${secret}:`).toString('base64')],
  ['base64 after two bytes', (secret) => Buffer.from(`u:${secret}`).toString('base64')],
  ['base64 for URLs', (secret) => Buffer.from(`user:${secret}`).toString('base64url')],
];

describe('the spellings of a registered secret', () => {
  const rare = fc.constantFrom(...Array.from('"\\/+ ?&=%~!\'()*:;\n\té✓😀'), '\u{FEFF}', '\0');
  const secrets = fc
    .string({ unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), rare), minLength: 8 })
    .filter((secret) => !/\p{Surrogate}/u.test(secret) && !'[REDACTED]'.includes(secret));

  it.each(SPELLINGS)('%s is known', (_name, spell) => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        using registration = registerSecret(secret);
        expect(registration.registered).toBe(true);
        const spelled = spell(secret);
        const redacted = redactText(`${before} ${spelled} ${after}`);
        expect(redacted).toContain('[REDACTED]');
        expect(redacted).not.toContain(spelled);
        if (!'[REDACTED]'.includes(secret)) expect(redacted).not.toContain(secret);
      }),
    );
  });

  it('changes nothing the second time', () => {
    using registration = registerSecret('a secret');
    expect(registration.registered).toBe(true);
    const pieces = fc.array(fc.constantFrom('a secret', 'a sec', 'ret', ' ', 'x', '[REDACTED]'));
    fc.assert(
      fc.property(pieces, (parts) => {
        const once = redactText(parts.join(''));
        expect(once).not.toContain('a secret');
        expect(redactText(once)).toBe(once);
      }),
    );
  });

  it('takes any string, however odd', () => {
    const odd = fc.string({ unit: 'binary', minLength: 8 });
    fc.assert(
      fc.property(odd, (secret) => {
        using registration = registerSecret(`${secret}\uD800`);
        expect(registration.registered).toBe(true);
        expect(redactText(`x${secret}\uD800`)).toBe('x[REDACTED]');
      }),
    );
  });
});
