import { describe, expect, it } from 'vitest';
import { compareDeclarations } from './compare-declarations.mjs';

const kindsOf = (before, after) => compareDeclarations(before, after).map(({ kind }) => kind);

/** What callers hand in, what they are given, and what they may implement. */
const taken = (members) => `
interface Options { ${members} }
export declare function run(options: Options): void;`;
const given = (members) => `
interface Result { ${members} }
export declare function run(): Promise<Result>;`;
const implemented = (members) => `export interface Port { ${members} }`;

describe('compareDeclarations', () => {
  it.each([
    ['nothing', 'export declare const a: 1;', 'export declare const a: 1;', []],
    ['an export more', '', 'export declare const a: 1;', ['addition']],
    ['an export less', 'export declare const a: 1;', '', ['breaking']],
    [
      'an export of another type',
      'export declare const a: 1;',
      'export declare const a: 2;',
      ['breaking'],
    ],
    ['another kind of export', 'export interface A {}', 'export type A = {};', ['breaking']],
    [
      'an export under another name',
      'declare class A {} export { A as B };',
      'declare class A {} export { A as C };',
      ['breaking', 'addition'],
    ],

    ['an option that may be left out', taken('a: 1'), taken('a: 1; b?: 2'), ['addition']],
    ['an option that must be given', taken('a: 1'), taken('a: 1; b: 2'), ['breaking']],
    ['an option that may be left out now', taken('a: 1'), taken('a?: 1'), ['addition']],
    ['an option that must be given now', taken('a?: 1'), taken('a: 1'), ['breaking']],
    ['an option that takes more', taken('a: 1'), taken('a: 1 | string'), ['addition']],
    ['an option that takes less', taken('a: 1 | string'), taken('a: 1'), ['breaking']],

    ['a result that tells more', given('a: 1'), given('a: 1; b: 2'), ['addition']],
    ['a result that tells less', given('a: 1; b: 2'), given('a: 1'), ['breaking']],
    ['a result that may lack a field', given('a: 1'), given('a?: 1'), ['breaking']],
    ['a result that has a field for sure', given('a?: 1'), given('a: 1'), ['addition']],
    ['a result that may be undefined', given('a: 1'), given('a: 1 | undefined'), ['breaking']],
    ['a result that has one name more', given("a: 'x'"), given("a: 'x' | 'y'"), ['addition']],
    ['a result in another order', given("a: 'x' | 'y'"), given("a: 'y' | 'x'"), ['form']],
    ['a result that is read only now', given('a: 1'), given('readonly a: 1'), ['breaking']],

    [
      'a method that implementers lack',
      implemented('a(): void'),
      implemented('a(): void; b(): void'),
      ['breaking'],
    ],
    [
      'a method of what is there, but can be implemented',
      `export declare const system: Port; ${implemented('a(): void')}`,
      `export declare const system: Port; ${implemented('a(): void; b(): void')}`,
      ['breaking'],
    ],
    [
      'a method that they may lack',
      implemented('a(): void'),
      implemented('a(): void; b?(): void'),
      ['addition'],
    ],

    [
      'a method more of a class',
      'export declare class A { a(): void; }',
      'export declare class A { a(): void; b(): void; }',
      ['addition'],
    ],
    [
      'an abstract method more',
      'export declare abstract class A { a(): void; }',
      'export declare abstract class A { a(): void; abstract b(): void; }',
      ['breaking'],
    ],
    [
      'another base class',
      'export declare class A extends B {}',
      'export declare class A extends C {}',
      ['breaking'],
    ],
    [
      'another private member',
      'export declare class A { private a; }',
      'export declare class A { private b; }',
      ['form'],
    ],
    [
      'a static method',
      'export declare class A { a(): void; }',
      'export declare class A { static a(): void; }',
      ['breaking', 'addition'],
    ],

    [
      'a parameter that may be left out',
      'export declare function f(a: 1): void;',
      'export declare function f(a: 1, b?: 2): void;',
      ['addition'],
    ],
    [
      'a parameter that must be given',
      'export declare function f(a: 1): void;',
      'export declare function f(a: 1, b: 2): void;',
      ['breaking'],
    ],
    [
      'a parameter less',
      'export declare function f(a: 1, b?: 2): void;',
      'export declare function f(a: 1): void;',
      ['breaking'],
    ],
    [
      'a parameter of another name',
      'export declare function f(a: 1): void;',
      'export declare function f(b: 1): void;',
      ['addition'],
    ],
    [
      'another result',
      'export declare function f(): 1;',
      'export declare function f(): 2;',
      ['breaking'],
    ],
    [
      'an overload more',
      'export declare function f(): 1;',
      'export declare function f(): 1; export declare function f(a: 2): 2;',
      ['breaking'],
    ],

    [
      'what a callback is told',
      'export declare function f(on: (event: E) => void): void; interface E { a: 1 }',
      'export declare function f(on: (event: E) => void): void; interface E { a: 1; b: 2 }',
      ['addition'],
    ],
    ['white space', 'export interface A { a: 1 }', 'export interface A {\n  a: 1\n}', ['form']],
  ])('%s', (_what, before, after, kinds) => {
    expect(kindsOf(before, after)).toEqual(kinds);
  });

  it('says which names a type has lost and got', () => {
    expect(compareDeclarations(given("a: 'x' | 'y'"), given("a: 'x' | 'z'"))).toEqual([
      { kind: 'breaking', text: "Result.a is `'y'` no longer" },
      { kind: 'addition', text: "Result.a may be `'z'` as well" },
    ]);
  });

  it('says what changed, and to what', () => {
    expect(compareDeclarations(given('a: 1'), given('a: 2'))).toEqual([
      { kind: 'breaking', text: 'Result.a was `1`, is `2`' },
    ]);
  });
});
