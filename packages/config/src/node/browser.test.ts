import { ConfigurationError } from '@integrations/errors';
import { expect, it } from 'vitest';
import { createConfig } from '../config.ts';
import { fromObject } from '../object-source.ts';
import * as browser from './browser.ts';
import * as node from './index.ts';

it('has the names that Node.js has', () => {
  expect(Object.keys(browser).toSorted()).toEqual(Object.keys(node).toSorted());
});

it('finds nothing in a file that may be missing', () => {
  const file = { path: browser.xdgConfigPath(), optional: true };
  const config = createConfig([browser.fromToml(file), fromObject({ name: 'after it' })]);
  expect(config.getString('name')).toBe('after it');
  expect(browser.fromToml(file).keys()).toEqual([]);
});

it('says that there are no files, where one has to be there', () => {
  const config = createConfig([browser.fromToml('settings.toml')]);
  expect(() => config.getString('name')).toThrow(ConfigurationError);
  expect(() => config.getString('name')).toThrow('fromObject()');
});
