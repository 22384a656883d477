import { inspect } from 'node:util';
import { ServerError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { attemptsOf, tellAttempts } from './failed-attempt.ts';

const attempts = [{ error: 'first', delayMs: 0, startedAt: 5 }];

describe('attemptsOf', () => {
  it('tells what was put on the error, out of sight', () => {
    const error = new ServerError('Failed.');
    expect(tellAttempts(error, attempts)).toBe(error);
    expect(attemptsOf(error)).toEqual(attempts);
    expect(Object.keys(error)).not.toContain('attempts');
    expect(inspect(error)).not.toContain('startedAt');
    expect(JSON.stringify(error)).not.toContain('startedAt');
  });

  it('tells of the latest execution that threw the error', () => {
    const error = new Error('shared');
    tellAttempts(error, attempts);
    tellAttempts(error, [...attempts, ...attempts]);
    expect(attemptsOf(error)).toHaveLength(2);
  });

  it('keeps a list of its own that nobody can change', () => {
    const list = [...attempts];
    const error = tellAttempts(new Error('Failed.'), list);
    list.pop();
    expect(attemptsOf(error)).toHaveLength(1);
    expect(Object.isFrozen(attemptsOf(error))).toBe(true);
  });

  it.each<[unknown]>([
    ['text'],
    [undefined],
    [null],
    [5],
    [Object.freeze(new Error('frozen'))],
    [Object.assign(new Error('theirs'), { attempts: [1, 2] })],
    [Object.defineProperty(new Error('theirs'), 'attempts', { value: 3 })],
    [Object.defineProperty(new Error('theirs'), 'attempts', { get: () => [] })],
  ])('is empty, and nothing throws, where a value cannot carry them: %o', (value) => {
    const before = inspect(value, { showHidden: true });
    expect(tellAttempts(value, attempts)).toBe(value);
    expect(attemptsOf(value)).toEqual([]);
    expect(inspect(value, { showHidden: true })).toBe(before);
  });

  it('is empty for errors from elsewhere', () => {
    expect(attemptsOf(new Error('from elsewhere'))).toEqual([]);
  });
});
