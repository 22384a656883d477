import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reportedNames } from './reported-names.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'names-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function namesOf(code, manifest = {}) {
  writeFileSync(join(folder, 'dist/index.js'), code);
  return reportedNames(folder, manifest);
}

it('finds commands', async () => {
  expect(await namesOf('', { bin: { serve: './dist/cli.js' } })).toEqual(['command serve']);
});

it.each([
  ["const setting = { env: 'HOUSE_KEY' };", 'HOUSE_KEY'],
  ['const settings = (prefix) => ({ env: `${prefix}_KEY` });', '*_KEY'],
  ['const read = () => process.env.HOUSE_KEY;', 'HOUSE_KEY'],
  ["const read = (environment) => environment['HOUSE_KEY'];", 'HOUSE_KEY'],
  ["export const describeHouseConfig = () => '| `key` | `HOUSE_KEY` |';", 'HOUSE_KEY'],
])('finds the variable of %s', async (code, name) => {
  expect(await namesOf(code)).toEqual([`environment variable ${name}`]);
});

it('takes other texts in capitals for no variables', async () => {
  expect(await namesOf("const CODE = { code: 'ERR_NAME' }; const made = { env: {} };")).toEqual([]);
});

it('finds operations', async () => {
  const code =
    "const CHAT = { operation: 'chat.create' }; const of = (n) => ({ operation: `${n}.list` });";
  expect(await namesOf(code)).toEqual(['operation *.list', 'operation chat.create']);
});

it('finds names of spans and attributes', async () => {
  const shared =
    'export const telemetryProfile = (name) => ({ spans: { send: `${name}.send` }, attributes: {} });';
  const own =
    "telemetryProfile('house', { spans: { send: 'house.out' }, attributes: { model: 'house.model' } });";
  expect(await namesOf(`${shared}\n${own}`)).toEqual([
    'attribute house.model',
    'span *.send',
    'span house.out',
  ]);
});

it('finds metrics, with what they count and by which labels', async () => {
  const metric =
    "{ name: 'house_calls_total', kind: 'counter', unit: 'count', labels: ['model', 'status'] }";
  const code = `export const METRICS_PROVIDERS = ['house']; export const metricDefinitions = () => [${metric}];`;
  expect(await namesOf(code)).toEqual([
    'metric house_calls_total: counter in count, by model, status',
  ]);
});
