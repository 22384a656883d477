import { equal, ok, throws } from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ConfigProvider, Schema } from '@integrations/types';
import {
  type ContractCase,
  type ContractOptions,
  describeContract,
  withSubject,
} from './contract.ts';

/** What `create` must make a provider of. */
export interface ConfigProviderContractSettings {
  /** The keys that are set, with their values. No other key is. */
  readonly values: Readonly<Record<string, string>>;
}

/** Options of `describeConfigProviderContract`. */
export type ConfigProviderContractOptions = ContractOptions<
  ConfigProviderContractSettings,
  ConfigProvider
>;

type ConfigCase = ContractCase<ConfigProvider>;

const values: Readonly<Record<string, string>> = {
  region: 'north',
  retries: '3',
  secret: 'test-key',
};

const numeric: Schema<number> = {
  parse: (value) => {
    const number = Number(value);
    if (Number.isNaN(number)) throw new TypeError(`${String(value)} is not a number`);
    return number;
  },
};

const cases: readonly ConfigCase[] = [
  {
    promise: 'getString() gives the value of a key',
    check: (config) => {
      equal(config.getString('region'), 'north');
    },
  },
  {
    promise: 'get() gives what the schema makes of the value',
    check: (config) => {
      equal(config.get('retries', numeric), 3);
      const wrapped = config.get('region', { parse: (value) => ({ value }) });
      equal(wrapped?.value, 'north', `the schema was given ${inspect(wrapped?.value)}`);
    },
  },
  {
    promise: 'get() throws when the schema does',
    check: (config) => {
      throws(() => config.get('region', numeric), 'a value that the schema refuses was accepted');
    },
  },
  {
    promise: 'getSecret() gives a SecretString, which shows its value to nobody but expose()',
    check: (config) => {
      const secret = config.getSecret('secret');
      equal(secret?.expose(), 'test-key', 'the secret is another');
      for (const text of [String(secret), inspect(secret), JSON.stringify({ secret })]) {
        ok(!text.includes('test-key'), `the secret is shown as ${text}`);
      }
    },
  },
  {
    promise: 'a key that is not set gives undefined',
    check: (config) => {
      const refuse: Schema<never> = {
        parse: () => {
          throw new TypeError('a schema was asked about a key that is not set');
        },
      };
      equal(config.get('absent', refuse), undefined, 'get() gave a value');
      equal(config.getString('absent'), undefined, 'getString() gave a value');
      equal(config.getSecret('absent'), undefined, 'getSecret() gave a value');
    },
  },
  {
    promise: 'names that every object has are keys like any other',
    check: (config) => {
      for (const key of ['constructor', 'toString', '__proto__']) {
        equal(config.getString(key), undefined, `getString('${key}') gave a value`);
      }
    },
  },
];

/** Checks what `ConfigProvider` promises: values through a schema, as text and as secrets, or undefined. */
export function describeConfigProviderContract(options: ConfigProviderContractOptions): void {
  describeContract(options, {
    interfaceName: 'ConfigProvider',
    cases,
    attempt: (check) => withSubject(options, { values }, check),
  });
}
