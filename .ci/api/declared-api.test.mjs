import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declaredApi } from './declared-api.mjs';

let folder;
const write = (name, text) => writeFileSync(join(folder, `${name}.d.ts`), text);
const read = () => declaredApi(join(folder, 'index.d.ts'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'declared-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('declaredApi', () => {
  it('holds what is exported and what that is made of, sorted, without comments', () => {
    write('index', "export { run } from './run.ts';\nexport type { B } from './types.ts';");
    write(
      'run',
      "import type { A } from './types.ts';\n/** Runs. */\nexport declare function run(a: A): void;\nexport {};",
    );
    write(
      'types',
      '/** One. */\nexport interface A {\n    /** Two. */\n    a: B;\n}\nexport type B = 1;\nexport type C = 2;',
    );
    expect(read()).toBe(
      [
        'interface A {',
        '    a: B;',
        '}',
        'export type B = 1;',
        'export declare function run(a: A): void;',
      ].join('\n'),
    );
  });

  it('names where types of other packages come from', () => {
    write('index', "export { type Clock, wait } from './wait.ts';");
    write(
      'wait',
      "import type { Clock } from '@house/types';\nexport type { Clock };\nexport declare function wait(clock: Clock): void;",
    );
    expect(read()).toBe(
      [
        "import type { Clock } from '@house/types';",
        'export declare function wait(clock: Clock): void;',
        'export { Clock };',
      ].join('\n'),
    );
  });

  it('keeps types of one name apart', () => {
    write('index', "export type { A } from './a.ts';\nexport type { B } from './b.ts';");
    write('a', 'type Part = 1;\nexport type A = Part[];\nexport {};');
    write('b', 'type Part = 2;\nexport type B = Part[];\nexport {};');
    expect(read()).toBe(
      [
        'export type A = a$Part[];',
        'export type B = b$Part[];',
        'type a$Part = 1;',
        'type b$Part = 2;',
      ].join('\n'),
    );
  });

  it('takes names of parameters and fields for no types', () => {
    write('index', "export { run } from './run.ts';");
    write(
      'run',
      'declare function merge(): void;\nexport declare function run(merge: number): { merge: 1 };',
    );
    expect(read()).toBe('export declare function run(merge: number): { merge: 1 };');
  });

  it('finds types in arguments of types, bases, keys and queries', () => {
    write('index', "export { A } from './a.ts';");
    write(
      'a',
      [
        'declare const KEY: unique symbol;',
        'declare class Base<T> {}',
        'declare const value: 1;',
        'interface Item {}',
        'export declare class A extends Base<Item> {',
        '    [KEY]: typeof value;',
        '}',
      ].join('\n'),
    );
    for (const name of ['KEY', 'Base', 'value', 'Item'])
      expect(read()).toMatch(new RegExp(`^declare .*${name}|^interface ${name}`, 'm'));
  });

  it('refuses what does not tell its names', () => {
    write('index', "export * from './a.ts';");
    expect(read).toThrow('name what is exported');
  });
});
