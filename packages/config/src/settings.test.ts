import { ConfigurationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { createConfig } from './config.ts';
import { describeConfig } from './describe-config.ts';
import { fromObject } from './object-source.ts';
import { defineSettings } from './settings.ts';
import { configurationErrorOf } from './thrown.test.support.ts';
import { asDuration, asText, asWholeNumber } from './value-schemas.ts';

describe('defineSettings', () => {
  it('types the values by their schemas, and undefined where one may be missing', () => {
    const settings = defineSettings({
      key: { secret: true, required: true, description: '' },
      spare: { secret: true, description: '' },
      timeout: { schema: asDuration(), default: '5s', description: '' },
      region: { schema: z.enum(['north', 'south']), description: '' },
      count: { schema: asWholeNumber(), required: true, description: '' },
    });
    type Values = ReturnType<typeof settings.read>;
    expectTypeOf<Values['key']>().toEqualTypeOf<SecretString>();
    expectTypeOf<Values['spare']>().toEqualTypeOf<SecretString | undefined>();
    expectTypeOf<Values['timeout']>().toEqualTypeOf<number>();
    expectTypeOf<Values['region']>().toEqualTypeOf<'north' | 'south' | undefined>();
    expectTypeOf<Values['count']>().toEqualTypeOf<number>();
    const values = settings.read(createConfig([fromObject({ key: 'test-key', count: 2 })]));
    expect(values.timeout + values.count).toBe(5002);
    type Some = ReturnType<typeof settings.readExcept>;
    expectTypeOf<Some['key']>().toEqualTypeOf<SecretString | undefined>();
    expectTypeOf<Some['timeout']>().toEqualTypeOf<number | undefined>();
  });

  it('reads no setting that the caller has from elsewhere', () => {
    const settings = defineSettings({
      key: { secret: true, required: true, description: '' },
      timeout: { schema: asDuration(), default: '5s', description: '' },
      count: { schema: asWholeNumber(), default: 3, description: '' },
    });
    const config = createConfig([fromObject({ timeout: 'soon', count: 4 })]);
    expect(settings.readExcept(config, ['key', 'timeout'])).toEqual({ count: 4 });
    const error = configurationErrorOf(() => settings.readExcept(config, ['count']));
    expect(error.message).toMatch(/^2 problems.*\n- The setting key is missing.*\n- .*timeout/s);
  });

  it('says where a missing setting without a variable can be set', () => {
    const bare = defineSettings({ a: { schema: asText(), required: true, description: '' } });
    expect(() => bare.read(createConfig([]))).toThrow(
      'The setting a is missing: pass it as an option.',
    );
  });

  it('tells of a source that cannot be read only once', () => {
    const broken = {
      name: 'broken',
      keys: () => [],
      find: (): never => {
        throw new ConfigurationError('The file cannot be read.');
      },
    };
    const settings = defineSettings({
      one: { schema: asText(), description: '' },
      two: { schema: asText(), description: '' },
    });
    const error = configurationErrorOf(() => settings.read(createConfig([broken])));
    expect(error.message).toBe('The file cannot be read.');
    expect(error.context).toEqual({ settings: [{ key: 'one' }, { key: 'two' }] });
  });

  it('tells what another provider throws', () => {
    const provider = {
      get: (): never => {
        throw new Error('no connection');
      },
      getString: () => undefined,
      getSecret: () => new SecretString('test-key'),
    };
    const settings = defineSettings({ region: { schema: asText(), description: '' } });
    expect(() => settings.read(provider)).toThrow(
      'The setting region could not be read: no connection',
    );
  });

  it.each([
    ['env', 'APP_A'],
    ['toml', 'client.a'],
  ] as const)('refuses two settings with one place in %s', (place, name) => {
    const setting = { [place]: name, schema: asText(), description: '' };
    const error = configurationErrorOf(() => defineSettings({ one: setting, two: setting }));
    expect(error.message).toContain(`The settings one and two are both read from ${name}`);
  });

  it('refuses a default that its schema refuses', () => {
    const setting = { schema: asWholeNumber({ min: 1 }), default: 0, description: '' };
    expect(() => defineSettings({ retries: setting })).toThrow(
      'The setting retries from its default is wrong: expected a whole number of 1 or more. The value is 0.',
    );
  });
});

describe('describeConfig', () => {
  it('stays a table whatever the descriptions hold', () => {
    const setting = { schema: asText(), default: 'a|`b`', description: 'one | two\nthree' };
    const [, , row] = describeConfig({ setting }).split('\n');
    expect(row).toBe(String.raw`| ${'`setting`'} | ${"`a\\|'b'`"} | one \| two three |`);
  });
});
