import { ConfigurationError, InvalidOutputError, ValidationError } from '@integrations/errors';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { z as mini } from 'zod/mini';
import { OutputSchema, parseJsonOutput } from './output-schema.ts';
import type { SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.ts';

const PLACE = { what: 'The answer', requestId: 'req_1' };

/** A schema as a library without JSON Schema has it: takes an even number. */
const EVEN: StandardSchema<number> = {
  '~standard': {
    version: 1,
    vendor: 'even',
    validate: (value): SchemaResult<number> =>
      typeof value === 'number' && value % 2 === 0
        ? { value }
        : { issues: [{ message: 'must be even', path: ['list', { key: 0 }, 'n'] }] },
  },
};

function failure(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('OutputSchema', () => {
  it('knows what a schema gives, in types', () => {
    const schema = z.object({ n: z.string().transform(Number) });
    expectTypeOf<SchemaOutput<typeof schema>>().toEqualTypeOf<{ n: number }>();
    expectTypeOf(new OutputSchema(schema, 'test').parse('{"n":"1"}', PLACE)).toEqualTypeOf<{
      n: number;
    }>();
  });

  it('takes schemas of the smallest build of zod with the JSON schema of what they take', () => {
    const classic = new OutputSchema(z.object({ n: z.number() }), 'test');
    const schema = mini.object({ n: mini.number() });
    expect(failure(() => new OutputSchema(schema, 'test').jsonSchema)).toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/^test: .*schema of zod cannot .*z\.toJSONSchema/),
    });
    const given = mini.toJSONSchema(schema, { target: 'draft-07', io: 'input' });
    const small = new OutputSchema(schema, 'test', given);
    expect(small.jsonSchema).toEqual(classic.jsonSchema);
    expect(small.parse('{"n":1}', PLACE)).toEqual({ n: 1 });
  });

  it('makes the JSON schema once, and late', () => {
    const schema = new OutputSchema(z.object({ n: z.number() }), 'test');
    expect(schema.jsonSchema).toBe(schema.jsonSchema);
    const never = new OutputSchema(z.object({ n: z.bigint() }), 'format "x"');
    expect(failure(() => never.jsonSchema)).toMatchObject({
      code: 'validation',
      message: expect.stringContaining('format "x"'),
    });
  });

  it('needs the JSON schema of libraries that cannot tell it', () => {
    expect(failure(() => new OutputSchema(EVEN, 'test').jsonSchema)).toBeInstanceOf(
      ValidationError,
    );
    const given = { type: 'object', properties: { n: { type: 'null' } } };
    expect(new OutputSchema(EVEN, 'test', given).jsonSchema).toMatchObject({ required: ['n'] });
  });

  it('says what does not fit, and where', () => {
    const schema = z.object({ list: z.array(z.object({ n: z.number() })), s: z.string() });
    const text = JSON.stringify({ list: [{ n: 1 }, { n: 'x' }] });
    const error = failure(() => new OutputSchema(schema, 'test').parse(text, PLACE));
    expect(error).toBeInstanceOf(InvalidOutputError);
    expect(error).toMatchObject({ requestId: 'req_1', retryable: true });
    expect((error as InvalidOutputError).issues.map(({ path }) => path)).toEqual([
      'list[1].n',
      's',
    ]);
    expect((error as Error).message).toMatch(
      /^The answer does not fit the schema\. list\[1\]\.n: /,
    );
    expect(failure(() => new OutputSchema(EVEN, 'test').parse('1', PLACE))).toMatchObject({
      issues: [{ path: 'list[0].n', message: 'must be even' }],
    });
  });

  it('says what is not JSON', () => {
    expect(failure(() => new OutputSchema(EVEN, 'test').parse('Sure! {', PLACE))).toMatchObject({
      code: 'invalid_output',
      issues: [],
      message: 'The answer is not JSON. It begins with "Sure! {".',
    });
    expect(parseJsonOutput('[1]', PLACE)).toEqual([1]);
  });

  it('refuses schemas that validate asynchronously', () => {
    const schema = z.object({ n: z.number().refine(async () => true) });
    const error = failure(() => new OutputSchema(schema, 'test').parse('{"n":1}', PLACE));
    expect(error).toBeInstanceOf(ConfigurationError);
  });
});
