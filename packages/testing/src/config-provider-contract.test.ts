import { type ConfigProvider, SecretString } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { describeConfigProviderContract } from './config-provider-contract.ts';
import { brokenPromises } from './contract-run.test.support.ts';

type Values = Readonly<Record<string, string>>;

function reference(values: Values): ConfigProvider {
  const read = (key: string): string | undefined =>
    Object.hasOwn(values, key) ? values[key] : undefined;
  return {
    get: (key, schema) => {
      const value = read(key);
      return value === undefined ? undefined : schema.parse(value);
    },
    getString: read,
    getSecret: (key) => {
      const value = read(key);
      return value === undefined ? undefined : new SecretString(value);
    },
  };
}

describeConfigProviderContract({ describe, it, create: ({ values }) => reference(values) });

const ABSENT = 'a key that is not set gives undefined';
const FAULTS: Readonly<
  Record<string, [string, (right: ConfigProvider, values: Values) => Partial<ConfigProvider>]>
> = {
  'gives another value': [
    'getString() gives the value of a key',
    () => ({ getString: () => 'south' }),
  ],
  'does not ask the schema': [
    'get() gives what the schema makes of the value',
    (right) => ({ get: (key) => right.getString(key) as never }),
  ],
  'swallows what the schema throws': [
    'get() throws when the schema does',
    (right) => ({
      get: (key, schema) => {
        try {
          return right.get(key, schema);
        } catch {
          return undefined;
        }
      },
    }),
  ],
  'shows its secrets': [
    'getSecret() gives a SecretString, which shows its value to nobody but expose()',
    (right) => ({
      getSecret: (key) => {
        const value = right.getString(key);
        if (value === undefined) return undefined;
        return { expose: () => value, toString: () => value } as unknown as SecretString;
      },
    }),
  ],
  'asks the schema about nothing': [
    ABSENT,
    (right) => ({ get: (key, schema) => schema.parse(right.getString(key)) }),
  ],
  'gives an empty text for nothing': [
    ABSENT,
    (right) => ({ getString: (key) => right.getString(key) ?? '' }),
  ],
  'finds what every object has': [
    'names that every object has are keys like any other',
    (_right, values) => ({ getString: (key) => values[key] }),
  ],
};

describe('describeConfigProviderContract', () => {
  it.each(Object.entries(FAULTS))('fails one that %s', async (_fault, [promise, change]) => {
    const broken = await brokenPromises((framework) =>
      describeConfigProviderContract({
        ...framework,
        create: ({ values }) => ({ ...reference(values), ...change(reference(values), values) }),
      }),
    );
    expect(broken).toContain(promise);
  });
});
