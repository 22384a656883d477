import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanCause } from './clean-cause.ts';
import { ConnectionError } from './connection-errors.ts';
import { registerSecret, type SecretRegistration } from './secret-registry.ts';

const SECRET = 'correct horse battery staple';

let held: SecretRegistration;

beforeEach(() => {
  held = registerSecret(SECRET);
});

afterEach(() => {
  held[Symbol.dispose]();
});

describe('cleanCause', () => {
  it.each([
    ['an error without secrets', Object.assign(new TypeError('x'), { code: 'E', sent: { a: 1 } })],
    ['one of ours', new ConnectionError('x')],
    ['what is no error', { a: 1 }],
    ['nothing', undefined],
  ])('is the cause itself: %s', (_what, cause) => {
    expect(cleanCause(cause)).toBe(cause);
  });

  it.each([
    ['message', new Error(SECRET)],
    ['cause', new Error('x', { cause: new Error(SECRET) })],
    ['member', Object.assign(new Error('x'), { data: SECRET })],
    ['member in a member', Object.assign(new Error('x'), { sent: { headers: [SECRET] } })],
    ['hidden member', Object.defineProperty(new Error('x'), 'data', { value: SECRET })],
  ])('is a copy without the secret in its %s', (_where, cause) => {
    const clean = cleanCause(Object.assign(cause, { name: 'VaultError', code: 'EVAULT' })) as Error;
    expect(clean).toMatchObject({ name: 'VaultError', code: 'EVAULT' });
    const told = [clean.message, clean.stack, JSON.stringify(clean), String(clean.cause)].join();
    expect(told).not.toContain(SECRET);
    expect(Object.getOwnPropertyNames(clean)).not.toContain('data');
  });

  it('cleans a text that was thrown', () => {
    expect(cleanCause(`no ${SECRET}`)).toBe('no [REDACTED]');
  });

  it('takes any cause', () => {
    const circle = new Error(SECRET);
    circle.cause = circle;
    expect(cleanCause(circle)).toBeInstanceOf(Error);
    const closed = Object.defineProperty(new Error('x'), 'data', {
      get: () => {
        throw new Error('closed');
      },
    });
    expect(cleanCause(closed)).toBe('A cause that cannot be read.');
  });
});
