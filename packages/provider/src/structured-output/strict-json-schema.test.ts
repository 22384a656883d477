import { ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type JsonSchema, toJsonSchema } from './json-schema.ts';
import { toStrictJsonSchema } from './strict-json-schema.ts';

function strict(schema: z.ZodType): JsonSchema {
  const { $schema: _schema, ...rest } = toStrictJsonSchema(toJsonSchema(schema, 'test'), 'test');
  return rest;
}

/** A closed object of these properties. */
function object(properties: Record<string, unknown>): JsonSchema {
  const required = Object.keys(properties);
  return { type: 'object', properties, required, additionalProperties: false };
}

function issuesOf(schema: JsonSchema): readonly string[] {
  try {
    toStrictJsonSchema(schema, 'openai response format "x"');
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    const { message, issues } = error as ValidationError;
    expect(message).toContain('openai response format "x"');
    return issues.map((issue) => `${issue.path}: ${issue.message}`);
  }
  return [];
}

describe('toStrictJsonSchema', () => {
  it('closes objects and requires their properties, however deep', () => {
    const schema = z.object({
      name: z.string(),
      tags: z.array(z.object({ n: z.int().min(1) })),
    });
    expect(strict(schema)).toEqual(
      object({
        name: { type: 'string' },
        tags: {
          type: 'array',
          items: object({ n: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } }),
        },
      }),
    );
  });

  it('requires what may be null, or has a value for being missing', () => {
    const schema = z.object({
      a: z.string().nullable().optional(),
      b: z.string().default('x'),
      c: z.union([z.string(), z.null()]).optional(),
      d: z.enum(['u', 'v']).nullish(),
    });
    expect(strict(schema)['required']).toEqual(['a', 'b', 'c', 'd']);
    expect(JSON.stringify(strict(schema))).not.toContain('default');
  });

  it('is what a schema takes, not what it makes of it', () => {
    const schema = z.object({ n: z.string().transform(Number) });
    expect(strict(schema)).toEqual(object({ n: { type: 'string' } }));
  });

  it('offers the branches of a union, told apart or not', () => {
    const schema = z.object({
      shape: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('circle'), r: z.number() }),
        z.object({ kind: z.literal('square'), a: z.number() }),
      ]),
    });
    expect(strict(schema)).toEqual(
      object({
        shape: {
          anyOf: [
            object({ kind: { type: 'string', const: 'circle' }, r: { type: 'number' } }),
            object({ kind: { type: 'string', const: 'square' }, a: { type: 'number' } }),
          ],
        },
      }),
    );
  });

  it('keeps schemas that contain themselves', () => {
    const Tree = z.object({
      value: z.string(),
      get children(): z.ZodArray<typeof Tree> {
        return z.array(Tree);
      },
    });
    expect(strict(z.object({ root: Tree }))['properties']).toHaveProperty('root');
    expect(strict(Tree)).toEqual(
      object({ value: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } }),
    );
  });

  it('takes the outermost object from where a reference points', () => {
    const schema = {
      $ref: '#/definitions/a~1b',
      definitions: { 'a/b': { type: 'object', properties: { n: { type: 'null' } } } },
    };
    expect(toStrictJsonSchema(schema, 'test')).toEqual({
      ...object({ n: { type: 'null' } }),
      definitions: { 'a/b': object({ n: { type: 'null' } }) },
    });
  });

  it('takes a single part of an intersection for the whole', () => {
    const schema = {
      type: 'object',
      properties: { a: { allOf: [{ type: 'null' }] } },
      required: ['a'],
    };
    expect(toStrictJsonSchema(schema, 'test')).toEqual(object({ a: { type: 'null' } }));
  });

  it('keeps a property named __proto__', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"null"}}}',
    ) as JsonSchema;
    expect(JSON.stringify(toStrictJsonSchema(schema, 'test'))).toContain('"__proto__":{');
  });

  it('leaves the given schema as it is', () => {
    const schema = { type: 'object', properties: { a: { type: ['object', 'null'] } } };
    const before = structuredClone(schema);
    toStrictJsonSchema(schema, 'test');
    expect(schema).toEqual(before);
  });

  it.each<[string, JsonSchema, string[]]>([
    ['another type outermost', { type: 'array', items: { type: 'null' } }, [': the outermost']],
    ['a union outermost', { type: 'object', anyOf: [] }, [': the outermost']],
    [
      'all that is wrong',
      {
        type: 'object',
        properties: {
          a: { type: 'string' },
          b: { type: 'object', additionalProperties: { type: 'string' }, propertyNames: {} },
          c: { type: 'array', items: [{ type: 'string' }] },
          d: { allOf: [{ type: 'null' }, { type: 'null' }] },
          e: {},
          f: true,
          g: { type: 'array' },
          h: { $ref: '#/definitions/none' },
        },
        required: ['b', 'c', 'd', 'e', 'f', 'g'],
      },
      [
        'a: is optional',
        ': `#/definitions/none` refers to nothing',
        'h: is optional',
        'b: `propertyNames` is not supported',
        'b: properties that are not named',
        'c: tuples',
        'd: intersections',
        'e: takes any value',
        'f: must be a schema',
        'g.items: must be a schema',
      ],
    ],
    [
      'what is wrong in a definition',
      { type: 'object', definitions: { a: { type: 'string', not: {} } } },
      ['definitions.a: `not`'],
    ],
  ])('tells of %s', (_what, schema, issues) => {
    expect(issuesOf(schema)).toEqual(issues.map((issue) => expect.stringContaining(issue)));
  });
});
