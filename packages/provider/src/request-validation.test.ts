import { ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { type RequestSchema, validateWith } from './request-validation.ts';

function refusing(...issues: { path: PropertyKey[]; message: string }[]): RequestSchema {
  return { safeParse: () => ({ success: false, error: { issues } }) };
}

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('validateWith', () => {
  it('accepts what the schema accepts', () => {
    const validate = validateWith('acme answers.create', () => ({
      safeParse: () => ({ success: true }),
    }));
    expect(() => validate({})).not.toThrow();
  });

  it('builds the schema on the first call, and once', () => {
    let built = 0;
    const validate = validateWith('acme answers.create', () => {
      built += 1;
      return { safeParse: () => ({ success: true }) };
    });
    expect(built).toBe(0);
    validate({});
    validate({});
    expect(built).toBe(1);
  });

  it.each<[PropertyKey[], string]>([
    [[], ''],
    [['model'], 'model'],
    [['messages', 0, 'role'], 'messages[0].role'],
    [['tools', 2, 'function', 'name'], 'tools[2].function.name'],
    [[0], '[0]'],
    [[0, 'role'], '[0].role'],
    [['a', 1, 2], 'a[1][2]'],
    [[Symbol('s')], 'Symbol(s)'],
  ])('writes the path %o as %s', (path, expected) => {
    const validate = validateWith('acme', () => refusing({ path, message: 'is wrong' }));
    expect(thrownBy(() => validate({}))).toMatchObject({
      issues: [{ path: expected, message: 'is wrong' }],
    });
  });

  it('names the call and everything that is wrong', () => {
    const validate = validateWith('acme answers.create', () =>
      refusing(
        { path: ['model'], message: 'is required' },
        { path: [], message: 'is not an answer' },
      ),
    );
    const error = thrownBy(() => validate({}));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      message:
        'acme answers.create: the request is not valid and was not sent. model: is required; is not an answer.',
    });
  });

  describe('says what was expected of', () => {
    const part = z.object({ type: z.literal('text'), text: z.string() });
    const validate = validateWith('acme', () =>
      z.object({
        input: z.union([z.string(), z.array(part)]),
        count: z.optional(z.int().check(z.gte(1), z.lte(5))),
        mode: z.optional(z.enum(['fast', 'slow'])),
        seed: z.optional(z.int('must be whole')),
      }),
    );

    it.each<[string, object, string]>([
      ['a value that is missing', {}, 'input: Invalid input: expected string, received undefined'],
      ['a value too high', { input: 'x', count: 9 }, 'count: Too big: expected number to be <=5'],
      [
        'a word',
        { input: 'x', mode: 'soon' },
        'mode: Invalid option: expected one of "fast"|"slow"',
      ],
      ['what has words of its own', { input: 'x', seed: 1.5 }, 'seed: must be whole'],
      [
        'a value of several forms',
        { input: 7 },
        'input: Invalid input: expected string, received number, or Invalid input: expected array, received number',
      ],
      [
        'a part of a value of several forms',
        { input: [{ type: 'text', text: 7 }] },
        'input[0].text: Invalid input: expected string, received number',
      ],
    ])('%s', (_what, body, expected) => {
      const error = thrownBy(() => validate(body)) as Error;
      expect(error.message).toContain(expected);
    });
  });
});
