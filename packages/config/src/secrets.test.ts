import { inspect } from 'node:util';
import { SecretString } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from './config.ts';
import { fromEnv } from './env-source.ts';
import { fromObject } from './object-source.ts';
import { secretSource } from './secret-source.ts';
import { defineSettings } from './settings.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { asOneOf, asText, asUrl } from './value-schemas.ts';

const PLAIN = 'hush-hush test value';

/** All that a log, a console or a report could show of something. */
function everythingOf(value: unknown): string {
  return [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: null, showHidden: true, getters: true }),
    inspect(value, { depth: null, customInspect: false }),
    value instanceof Error ? `${value.message} ${value.stack} ${inspect(value.cause)}` : '',
  ].join('\n');
}

const env = { APP_AUTH: PLAIN };
const SOURCES = {
  'marked in the mapping': () =>
    createConfig([fromEnv({ env, mapping: { auth: { name: 'APP_AUTH', secret: true } } })]),
  'marked at the environment': () =>
    createConfig([fromEnv({ env, mapping: { auth: 'APP_AUTH' }, secrets: ['auth'] })]),
  'marked at an object': () => createConfig([fromObject({ auth: PLAIN }, { secrets: ['auth'] })]),
  'marked at the configuration': () =>
    createConfig([fromObject({ auth: PLAIN })], { secrets: ['auth'] }),
  'marked in a weaker source': () =>
    createConfig([fromObject({ auth: PLAIN }), fromObject({}, { secrets: ['auth'] })]),
  'that is a SecretString': () => createConfig([fromObject({ auth: new SecretString(PLAIN) })]),
} as const;

/** Schemas that give away as much as they can. */
const talkative = {
  parse: (value: unknown): never => {
    const text = value instanceof SecretString ? value.expose() : String(value);
    throw new Error(`${text} is not good`, { cause: text });
  },
};
const issuing = z.custom(() => false, { error: ({ input }) => talkativeText(input) });

function talkativeText(input: unknown): string {
  return input instanceof SecretString ? input.expose() : String(input);
}

describe.each(Object.entries(SOURCES))('a secret %s', (_name, create) => {
  it('comes out as a SecretString and as nothing else', () => {
    const config = create();
    expect(config.getSecret('auth')?.expose()).toBe(PLAIN);
    expect(config.get('auth', z.instanceof(SecretString))?.expose()).toBe(PLAIN);
    const refused = configurationErrorOf(() => config.getString('auth'));
    expect(refused.message).toContain('read it with getSecret()');
    expect(everythingOf(refused)).not.toContain(PLAIN);
  });

  it.each([
    ['a talkative schema', talkative],
    ['a talkative issue', issuing],
    ['zod', z.string().max(3)],
    ['a schema of ours', asOneOf(['a', 'b'])],
  ])('does not show when %s refuses it', (_schema, schema) => {
    const config = create();
    const error = configurationErrorOf(() => config.get('auth', schema));
    expect(error.message).toContain('The setting auth from ');
    expect(error.message).toContain('The value is kept secret.');
    expect(error.cause).toBeUndefined();
    expect(everythingOf(error)).not.toContain(PLAIN);
  });

  it('does not show in the configuration or its report', () => {
    const config = create();
    config.getSecret('auth');
    expect(everythingOf(config)).not.toContain(PLAIN);
    expect(everythingOf(config.describe())).not.toContain(PLAIN);
    expect(everythingOf(config.describe())).toContain('[REDACTED]');
    expect(everythingOf(secretSource(config, 'auth'))).not.toContain(PLAIN);
  });
});

describe('values that only look secret', () => {
  it.each(['apiKey', 'client.secret', 'password', 'organization', 'accessToken'])(
    'are not shown for the key %s',
    (key) => {
      const config = createConfig([fromObject({ [key]: PLAIN })]);
      expect(config.getString(key)).toBe(PLAIN);
      const error = configurationErrorOf(() => config.get(key, asUrl()));
      expect(everythingOf(error)).not.toContain(PLAIN);
      expect(error.message).toContain('expected an address that begins with https://');
      expect(everythingOf(config.describe())).not.toContain(PLAIN);
    },
  );

  it('are not shown for a variable whose name says so', () => {
    const mapping = { key: 'APP_API_KEY' };
    const config = createConfig([fromEnv({ env: { APP_API_KEY: PLAIN }, mapping })]);
    expect(everythingOf(configurationErrorOf(() => config.get('key', asUrl())))).not.toContain(
      PLAIN,
    );
  });

  it.each<[string, z.ZodType, string]>([
    ['a type', z.number(), 'expected number'],
    ['a least length', z.string().min(99), 'expected at least 99'],
    ['a greatest length', z.string().max(3), 'expected at most 3'],
    ['a format', z.email(), 'expected the format email'],
    ['a choice', z.enum(['north', 'south']), 'expected north or south'],
    ['anything else', issuing, 'the schema refuses it'],
  ])('still tell of %s that was expected', (_name, schema, text) => {
    const config = createConfig([fromObject({ password: PLAIN })]);
    const { message } = configurationErrorOf(() => config.get('password', schema));
    expect(message).toContain(`is wrong: ${text}. The value is kept secret.`);
  });
});

it('shows no member of a hidden value, not even its name', () => {
  const config = createConfig([fromObject({ password: { [PLAIN]: 'x' } })]);
  const schema = z.record(z.string(), z.number());
  const error = configurationErrorOf(() => config.get('password', schema));
  expect(error.message).toContain('is wrong: expected number.');
  expect(everythingOf(error)).not.toContain(PLAIN);
});

describe('getSecret()', () => {
  it('drops the blanks of a paste', () => {
    const config = createConfig([fromEnv({ env: { APP_KEY: ' test-key\r\n' }, prefix: 'APP_' })]);
    expect(config.getSecret('key')?.expose()).toBe('test-key');
  });

  it.each<[string, unknown, string]>([
    ['blank', ' ', 'is empty'],
    ['a number', 5, 'must be text, and is of type number'],
    ['a list', [PLAIN], 'must be text, and is a list'],
    ['half of a pair', `${PLAIN}\uD83D`, 'is not valid Unicode'],
    [
      'disposed of',
      (() => {
        const secret = new SecretString(PLAIN);
        secret.dispose();
        return secret;
      })(),
      'has been disposed of',
    ],
  ])('refuses one that is %s', (_name, auth, problem) => {
    const config = createConfig([fromObject({ auth })]);
    const error = configurationErrorOf(() => config.getSecret('auth'));
    expect(error.message).toContain(`The secret auth from options ${problem}`);
    expect(everythingOf(error)).not.toContain(PLAIN);
  });

  it('gives back any text, and shows it nowhere', () => {
    const secretText = fc
      .string({ unit: 'grapheme', minLength: 6 })
      .filter((text) => text.trim().length > 5);
    const schemas = fc.constantFrom(talkative, issuing, asUrl(), z.string(), z.number());
    fc.assert(
      fc.property(secretText, schemas, (text, schema) => {
        const secret = `<${text}>`;
        const config = createConfig([fromObject({ auth: secret })], { secrets: ['auth'] });
        expect(config.getSecret('auth')?.expose()).toBe(secret);
        const error = configurationErrorOf(() => config.get('auth', schema));
        expect(everythingOf([error, config, config.describe()])).not.toContain(secret);
      }),
    );
  });
});

describe('secretSource', () => {
  it('reads the secret anew at each call', () => {
    const keys = ['first', 'second'];
    const apiKey = secretSource(
      createConfig([fromObject({ apiKey: () => keys.shift() })]),
      'apiKey',
    );
    expect(apiKey().expose()).toBe('first');
    expect(apiKey().expose()).toBe('second');
    expect(configurationErrorOf(apiKey).message).toContain('The secret apiKey is not set');
  });
});

describe('a table of settings', () => {
  it('names everything that is wrong without showing a secret', () => {
    const settings = defineSettings({
      auth: { secret: true, required: true, description: 'The key' },
      password: { schema: asUrl(), description: 'Not marked, but named' },
      region: { schema: asText(), description: 'Where' },
    });
    const values = { auth: [PLAIN], password: PLAIN, region: 5 };
    const error = configurationErrorOf(() => settings.read(createConfig([fromObject(values)])));
    expect(error.message).toContain('3 problems with the configuration');
    expect(everythingOf(error)).not.toContain(PLAIN);
  });

  it('keeps quiet about what another provider says of a secret', () => {
    const settings = defineSettings({ auth: { secret: true, description: 'The key' } });
    const leaking = {
      get: () => undefined,
      getString: () => undefined,
      getSecret: (): never => {
        throw new Error(`cannot unwrap ${PLAIN}`);
      },
    };
    const error = configurationErrorOf(() => settings.read(leaking));
    expect(error.message).toBe('The setting auth could not be read.');
    expect(everythingOf(error)).not.toContain(PLAIN);
  });
});
