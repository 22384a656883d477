import { ValidationError } from '@integrations/errors';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { plainObject } from './plain-object.ts';
import { type RequestSchema, validateWith } from './request-validation.ts';

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

function issuesOf(schema: RequestSchema, body: unknown): unknown {
  return (thrownBy(() => validateWith('acme', () => schema)(body)) as ValidationError).issues;
}

describe('validateWith', () => {
  it('accepts what the schema accepts', () => {
    const validate = validateWith('acme answers.create', () => v.object({ a: v.string() }));
    expect(() => validate({ a: 'x', more: 1 })).not.toThrow();
  });

  it('builds the schema on the first call, and once', () => {
    let built = 0;
    const validate = validateWith('acme answers.create', () => {
      built += 1;
      return v.object({});
    });
    expect(built).toBe(0);
    validate({});
    validate({});
    expect(built).toBe(1);
  });

  it('names the call and everything that is wrong', () => {
    const validate = validateWith('acme answers.create', () =>
      v.object({ model: v.string(), n: v.number() }),
    );
    const error = thrownBy(() => validate({ n: 'x' }));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      message:
        'acme answers.create: the request is not valid and was not sent. model: is required; n: must be a number, not a string.',
      issues: [
        { path: 'model', message: 'is required' },
        { path: 'n', message: 'must be a number, not a string' },
      ],
    });
  });

  it('names the body where the whole is wrong', () => {
    const one = v.check<Record<string, unknown>, string>(() => false, 'must have a or b');
    const validate = validateWith('acme', () => v.pipe(v.looseObject({}), one));
    expect(() => validate({})).toThrow('was not sent. the body must have a or b.');
    expect(() => validate(7)).toThrow('was not sent. the body must be an object, not a number.');
  });

  it('writes places as a reader would', () => {
    const schema = v.object({
      tools: v.array(v.object({ function: v.object({ name: v.string() }) })),
      grid: v.array(v.array(v.number())),
      labels: v.record(v.pipe(v.string(), v.maxLength(2)), v.string()),
    });
    const body = { tools: [{ function: {} }], grid: [[], [1, 'x']], labels: { abc: 'x', d: 1 } };
    expect(issuesOf(schema, body)).toEqual([
      { path: 'tools[0].function.name', message: 'is required' },
      { path: 'grid[1][1]', message: 'must be a number, not a string' },
      { path: 'labels.abc', message: 'must have at most 2 characters' },
      { path: 'labels.d', message: 'must be a string, not a number' },
    ]);
    expect(issuesOf(v.array(v.object({ role: v.string() })), [{}])).toEqual([
      { path: '[0].role', message: 'is required' },
    ]);
  });
});

describe('a list', () => {
  it('is no body, also where no field has to be there', () => {
    const validate = validateWith('acme', () => v.object({ n: v.optional(v.number()) }));
    expect(() => validate([])).toThrow('the body must be an object, not a list.');
    expect(() => validate(undefined)).toThrow('the body is required.');
    expect(() => validate({ n: 'x' })).toThrow('n: must be a number, not a string.');
  });

  it('is a body where a schema wants one', () => {
    expect(() => validateWith('acme', () => v.array(v.number()))([1])).not.toThrow();
  });

  it('is no plain object', () => {
    const pairs = v.pipe(plainObject(), v.record(v.string(), v.string()));
    const schema = v.object({ pairs: v.nullish(pairs), any: v.array(plainObject()) });
    expect(issuesOf(schema, { pairs: ['x'], any: [[], 'x', null, undefined, {}] })).toEqual([
      { path: 'pairs', message: 'must be an object, not a list' },
      { path: 'any[0]', message: 'must be an object, not a list' },
      { path: 'any[1]', message: 'must be an object, not a string' },
      { path: 'any[2]', message: 'must be an object, not null' },
      { path: 'any[3]', message: 'is required' },
    ]);
    expect(issuesOf(schema, { pairs: { a: 1 }, any: [] })).toEqual([
      { path: 'pairs.a', message: 'must be a string, not a number' },
    ]);
  });
});

describe('a value of the wrong type', () => {
  it.each<[RequestSchema, unknown, string]>([
    [v.string(), undefined, 'is required'],
    [v.string(), null, 'must be a string, not null'],
    [v.number(), Number.NaN, 'must be a number, not NaN'],
    [v.number(), 7n, 'must be a number, not a bigint'],
    [v.boolean(), 'yes', 'must be true or false, not a string'],
    [v.array(v.string()), {}, 'must be a list, not an object'],
    [v.string(), [], 'must be a string, not a list'],
    [v.object({}), true, 'must be an object, not a boolean'],
    [v.record(v.string(), v.string()), () => 1, 'must be an object, not a function'],
    [v.instance(URL), 'x', 'must be URL, not a string'],
    [v.nullable(v.string()), 7, 'must be a string, not a number'],
    [v.literal('24h'), '1h', 'must be "24h"'],
    [v.picklist(['fast', 'slow', 'off']), 'soon', 'must be "fast", "slow" or "off"'],
    [v.picklist(['fast', 'slow']), 7, 'must be "fast" or "slow", not a number'],
    [v.custom(() => false), 7, 'is not valid'],
    [v.custom(() => false, 'must be even'), 7, 'must be even'],
    [v.string('must be text'), 7, 'must be text'],
  ])('%#: %o', (schema, value, message) => {
    expect(issuesOf(v.object({ it: schema }), { it: value })).toEqual([{ path: 'it', message }]);
  });
});

describe('a value of the right type that a check refuses', () => {
  it.each<[RequestSchema, unknown, string]>([
    [v.pipe(v.number(), v.minValue(1)), 0, 'must be at least 1'],
    [v.pipe(v.number(), v.maxValue(5)), 9, 'must be at most 5'],
    [v.pipe(v.number(), v.integer()), 1.5, 'must be a whole number'],
    [v.pipe(v.number(), v.safeInteger()), 2 ** 60, 'must be a whole number'],
    [v.pipe(v.number(), v.finite()), Number.POSITIVE_INFINITY, 'must be a finite number'],
    [v.pipe(v.string(), v.nonEmpty()), '', 'must not be empty'],
    [v.pipe(v.string(), v.minLength(1)), '', 'must not be empty'],
    [v.pipe(v.string(), v.minLength(3)), 'ab', 'must have at least 3 characters'],
    [v.pipe(v.array(v.number()), v.maxLength(1)), [1, 2], 'must have at most 1 item'],
    [v.pipe(v.array(v.number()), v.length(2)), [1], 'must have 2 items'],
    [v.pipe(v.string(), v.startsWith('/v1/')), 'v1', 'must begin with "/v1/"'],
    [v.pipe(v.string(), v.regex(/^\w+$/)), 'a b', String.raw`must match /^\w+$/`],
    [v.pipe(v.string(), v.url()), 'a b', 'must be a web address'],
    [v.pipe(v.number(), v.multipleOf(2)), 3, 'must be a multiple of 2'],
    [
      v.pipe(
        v.number(),
        v.check(() => false),
      ),
      3,
      'is not valid',
    ],
    [
      v.pipe(
        v.number(),
        v.check(() => false, 'must be even'),
      ),
      3,
      'must be even',
    ],
  ])('%#: %o', (schema, value, message) => {
    expect(issuesOf(v.object({ it: schema }), { it: value })).toEqual([{ path: 'it', message }]);
  });
});

describe('a value of several forms', () => {
  const text = v.object({ type: v.literal('text'), text: v.string() });
  const image = v.object({ type: v.literal('image'), image: v.object({ url: v.string() }) });
  const content = v.object({
    input: v.union([v.string(), v.array(v.variant('type', [text, image]))]),
  });

  it.each<[string, unknown, object[]]>([
    [
      'none of the types',
      7,
      [{ path: 'input', message: 'must be a string or a list, not a number' }],
    ],
    ['nothing', undefined, [{ path: 'input', message: 'is required' }]],
    [
      'the likeliest form, all of it',
      [{ type: 'text', text: 7 }, { type: 'image' }],
      [
        { path: 'input[0].text', message: 'must be a string, not a number' },
        { path: 'input[1].image', message: 'is required' },
      ],
    ],
    [
      'no known kind',
      [{ type: 'sound' }],
      [{ path: 'input[0].type', message: 'must be "text" or "image"' }],
    ],
  ])('that is %s', (_what, input, issues) => {
    expect(issuesOf(content, { input })).toEqual(issues);
  });

  it('tells the deepest of forms that all go in', () => {
    const form = v.union([text, image]);
    const url = { path: 'image.url', message: 'must be a string, not a number' };
    expect(issuesOf(form, { type: 'image', image: { url: 7 } })).toEqual([url]);
  });

  it('says once of each place what each form wants there', () => {
    const form = v.union([v.array(v.string()), v.array(v.pipe(v.number(), v.integer()))]);
    expect(issuesOf(v.object({ it: form }), { it: ['a', true] })).toEqual([
      {
        path: 'it[1]',
        message: 'must be a string, not a boolean, or must be a number, not a boolean',
      },
      { path: 'it[0]', message: 'must be a number, not a string' },
    ]);
  });

  it('keeps the words of a form, and those of checks', () => {
    const words = v.union([v.string(), v.custom(() => false, 'must be a file')]);
    expect(issuesOf(words, 7)).toEqual([
      { path: '', message: 'must be a string, not a number, or must be a file' },
    ]);
    const checks = v.union([
      v.pipe(v.string(), v.minLength(9)),
      v.pipe(v.string(), v.startsWith('id_')),
    ]);
    expect(issuesOf(checks, 'x')).toEqual([
      { path: '', message: 'must have at least 9 characters, or must begin with "id_"' },
    ]);
  });

  it('knows forms in forms', () => {
    const words = v.union([v.picklist(['a', 'b']), v.object({ id: v.string() })]);
    const form = v.object({ it: v.union([words, v.boolean()]) });
    expect(issuesOf(form, { it: 7 })).toEqual([
      { path: 'it', message: 'must be "a", "b", an object or true or false, not a number' },
    ]);
    expect(issuesOf(form, { it: { id: 7 } })).toEqual([
      { path: 'it.id', message: 'must be a string, not a number' },
    ]);
  });

  it('finds its way through more places than a call has arguments', () => {
    const form = v.union([v.array(v.string()), v.array(v.boolean())]);
    const message = /^acme: the request is not valid/;
    const input = Array.from({ length: 70_000 }, () => 1);
    expect(() => validateWith('acme', () => form)(input)).toThrow(message);
  });
});

it('never says what is in the request', () => {
  const SECRET = 'the-content-of-a-prompt';
  const schemas: RequestSchema[] = [
    v.number(),
    v.literal('x'),
    v.picklist(['x', 'y']),
    v.array(v.string()),
    v.object({ a: v.string() }),
    v.union([v.number(), v.array(v.number())]),
    v.variant('type', [v.object({ type: v.literal('x') })]),
    v.pipe(v.string(), v.maxLength(3)),
    v.pipe(v.string(), v.startsWith('/v1/')),
    v.pipe(v.string(), v.regex(/^x$/)),
    v.pipe(v.string(), v.url()),
    v.pipe(v.string(), v.email()),
    v.pipe(v.string(), v.includes('@')),
    v.pipe(
      v.string(),
      v.check(() => false),
    ),
  ];
  const schema = fc.constantFrom(...schemas);
  const value = fc.constantFrom(SECRET, [SECRET], { type: SECRET }, { a: [SECRET] }, [[SECRET]]);
  fc.assert(
    fc.property(schema, value, (it, given) => {
      const error = thrownBy(() => validateWith('acme', () => v.object({ it }))({ it: given }));
      if (error === undefined) return;
      const { message, issues, cause } = error as ValidationError;
      expect(JSON.stringify([message, issues, cause])).not.toContain(SECRET);
    }),
  );
});
