import {
  AttemptTimeoutError,
  ConnectionError,
  OverloadedError,
  ProtocolError,
  ServerError,
} from '@integrations/errors';
import { expect, it } from 'vitest';
import { createPalette } from './palette.ts';
import { type Trouble, troubleLine, waitText } from './trouble.ts';

const plain = createPalette(false);

function fault(error: unknown): Extract<Trouble, { kind: 'fault' }> {
  return { kind: 'fault', endpoint: 'embeddings', error, waitMs: 120.4, attempt: 2, attempts: 4 };
}

it.each([
  [new OverloadedError('busy', { status: 503 }), '503'],
  [new ServerError('in the stream'), 'error event'],
  [new ConnectionError('reset'), 'broken connection'],
  [new AttemptTimeoutError('late'), 'timeout'],
  [new ProtocolError('nonsense'), 'protocol'],
  [new TypeError('a bug'), 'failure'],
])('names the failure %s', (error, name) => {
  expect(troubleLine(fault(error), plain)).toBe(
    `fault    ${name} on embeddings, retrying in 120 ms (attempt 2 of 4)`,
  );
});

it('tells of a breaker', () => {
  const change = { kind: 'breaker', endpoint: 'chat', reason: 'why' } as const;
  expect(troubleLine({ ...change, from: 'closed', to: 'open' }, plain)).toBe(
    'breaker  chat closed → open (why)',
  );
  expect(troubleLine({ ...change, from: 'half-open', to: 'closed' }, plain)).toBe(
    'breaker  chat half-open → closed (why)',
  );
});

it('tells of a refused call, and how long it still waits', () => {
  const refused = { kind: 'refused', endpoint: 'chat', state: 'open', waitMs: 400 } as const;
  expect(troubleLine(refused, plain)).toBe('refused  call to chat: breaker open, waiting 0.4 s');
  expect(waitText(refused, 149)).toBe('breaker open, waiting 0.1 s');
  expect(waitText(fault(new ServerError('m', { status: 500 })), 31)).toBe(
    '500 on embeddings, retrying in 31 ms',
  );
});

it('colours what is bad and what is good', () => {
  const change = { kind: 'breaker', endpoint: 'chat', reason: 'why' } as const;
  const palette = createPalette(true);
  const opened = troubleLine({ ...change, from: 'closed', to: 'open' }, palette);
  const closed = troubleLine({ ...change, from: 'half-open', to: 'closed' }, palette);
  expect(opened.startsWith(palette.bad('breaker'))).toBe(true);
  expect(closed.startsWith(palette.good('breaker'))).toBe(true);
});
