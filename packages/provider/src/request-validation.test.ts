import { ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
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
});
