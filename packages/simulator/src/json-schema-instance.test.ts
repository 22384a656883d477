import { describe, expect, it } from 'vitest';
import { instanceOf } from './json-schema-instance.ts';

describe('instanceOf', () => {
  it.each([
    [{ type: 'string' }, 'some text'],
    [{ type: 'string', minLength: 12 }, 'some text...'],
    [{ type: 'string', maxLength: 4 }, 'some'],
    [{ type: 'string', enum: ['a', 'b'] }, 'a'],
    [{ type: 'string', format: 'email' }, 'someone@example.com'],
    [{ type: 'string', format: 'time', pattern: '^\\d\\d:\\d\\d:\\d\\d$' }, '12:00:00'],
    [{ const: 7 }, 7],
    [{ type: 'boolean' }, true],
    [{ type: 'null' }, null],
    [{ type: ['integer', 'null'] }, 1],
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 10 }, 10],
    [{ type: 'integer', exclusiveMinimum: 10 }, 11],
    [{ type: 'integer', maximum: -3 }, -3],
    [{ type: 'number', exclusiveMaximum: 0 }, -1],
    [{ type: 'number', multipleOf: 5, minimum: 12 }, 15],
    [{ type: 'array', items: { type: 'boolean' } }, [true]],
    [{ type: 'array', items: { type: 'boolean' }, minItems: 3 }, [true, true, true]],
    [{ type: 'array', items: { type: 'boolean' }, maxItems: 0 }, []],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 1],
    [{ properties: { a: { type: 'integer' } } }, { a: 1 }],
    [
      { allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] },
      { a: 1, b: 2 },
    ],
    [undefined, 'some text'],
  ])('%j', (schema, value) => {
    expect(instanceOf(schema, 'some text')).toEqual(value);
  });

  it('follows references, with names that need escapes', () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/definitions/x~1y' }, b: { $ref: '#/$defs/z%20z' } },
      definitions: { 'x/y': { const: 1 } },
      $defs: { 'z z': { const: 2 } },
    };
    expect(instanceOf(schema, '')).toEqual({ a: 1, b: 2 });
  });

  it.each([
    ['a list', { type: 'array', items: { $ref: '#' } }],
    ['null', { anyOf: [{ $ref: '#' }, { type: 'null' }] }],
    ['null among types', { type: ['object', 'null'], properties: { next: { $ref: '#' } } }],
    ['what may be left out', undefined],
  ])('ends where a schema contains itself in %s', (_what, next) => {
    const schema =
      next === undefined
        ? { type: 'object', properties: { next: { $ref: '#' } } }
        : { type: 'object', properties: { next }, required: ['next'] };
    expect(JSON.stringify(instanceOf(schema, '')).length).toBeLessThan(500);
  });
});
