import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { AuthenticationError } from '@integrations/errors';
import { describeLoggerContract, ManualClock } from '@integrations/testing';
import type { Fields, LogLevel } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConsoleLogger } from './console-logger.ts';
import { HeldSecrets } from './held-secrets.ts';
import { withLevel } from './levelled-logger.ts';

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

interface Line {
  readonly timestamp: string;
  readonly level: string;
  readonly target: string;
  readonly message: string;
  readonly fields: Fields;
}

let texts: string[];

beforeEach(() => {
  texts = [];
  vi.spyOn(console, 'error').mockImplementation((text: string) => void texts.push(text));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function lines(): Line[] {
  return texts.map((text) => JSON.parse(text) as Line);
}

describeLoggerContract({
  describe,
  it,
  name: 'ConsoleLogger with a level',
  create: ({ level }) => {
    // The contract makes two at once, and both write to the one console.
    const owner = `${level} logger`;
    return {
      logger: withLevel(new ConsoleLogger(new ManualClock(), { owner }), level),
      lines: () =>
        lines()
          .filter(({ fields }) => fields['owner'] === owner)
          .map((line) => ({ ...line, level: line.level.toLowerCase() as LogLevel })),
    };
  },
});

describe('ConsoleLogger', () => {
  it('writes time, level, target, message and fields, in this order and on one line', async () => {
    const clock = new ManualClock({ epoch: Date.UTC(2026, 0, 2) });
    await clock.advance(1500);
    new ConsoleLogger(clock, { target: 'acme' }).warn('Two\nlines', { latency_ms: 12 });
    expect(texts).toEqual([
      String.raw`{"timestamp":"2026-01-02T00:00:01.500Z","level":"WARN","target":"acme","message":"Two\nlines","fields":{"latency_ms":12}}`,
    ]);
  });

  it('lets a child name its part of the program', () => {
    const logger = new ConsoleLogger(new ManualClock(), { target: 'acme' });
    logger.child({ target: 'acme::chat', call: 1 }).info('child');
    logger.info('parent');
    expect(lines()).toMatchObject([
      { target: 'acme::chat', fields: { call: 1 } },
      { target: 'acme', fields: {} },
    ]);
  });

  it('takes secrets out, by shape, by name and by value, also of fields bound before', () => {
    const logger = new ConsoleLogger(new ManualClock(), { note: 'plain words one' });
    using secrets = new HeldSecrets();
    secrets.hold('plain words one');
    logger.info('Sent plain words one with Bearer abc123def', {
      authorization: 'anything',
      nested: { apiKey: 'anything', list: ['plain words one'] },
    });
    expect(lines()[0]).toMatchObject({
      message: 'Sent [REDACTED] with Bearer [REDACTED]',
      fields: {
        note: '[REDACTED]',
        authorization: '[REDACTED]',
        nested: { apiKey: '[REDACTED]', list: ['[REDACTED]'] },
      },
    });
  });

  it('tells of errors and of what led to them', () => {
    const error = new AuthenticationError('Wrong key.', {
      status: 401,
      cause: new Error('token=abcdefgh', { cause: new TypeError('deepest') }),
    });
    new ConsoleLogger(new ManualClock()).error('Request failed', { error });
    expect(lines()[0]?.fields['error']).toMatchObject({
      code: 'authentication',
      message: 'Wrong key.',
      status: 401,
      cause: { message: 'token=[REDACTED]', cause: { name: 'TypeError', message: 'deepest' } },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['a cycle', Object.assign([], [1]), [1]],
    ['no object', 'text', {}],
    ['nothing', null, {}],
    ['a bigint', { big: 1n }, { big: '1' }],
    ['a date', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['bytes', { bytes: new Uint8Array(3) }, { bytes: '[Uint8Array of 3 bytes]' }],
    ['a function', { call: () => 1 }, {}],
  ])('takes fields that are or hold %s', (_name, fields, expected) => {
    new ConsoleLogger(new ManualClock()).info('odd', fields as Fields);
    const written = lines()[0]?.fields;
    expect(written).toEqual(Array.isArray(expected) ? { 0: 1 } : expected);
  });

  it('cuts cycles, and names members that cannot be read', () => {
    const fields: Record<string, unknown> = {
      get broken(): never {
        throw new Error('no');
      },
    };
    fields['self'] = fields;
    const logger = new ConsoleLogger(new ManualClock(), fields);
    logger.child(fields).info('odd', fields);
    expect(lines()[0]?.fields).toEqual({ broken: '[Unreadable]', self: '[Circular]' });
  });

  it('writes a message that is no text', () => {
    new ConsoleLogger(new ManualClock()).info({ password: 'abc' } as unknown as string);
    expect(lines()[0]?.message).toEqual({ password: '[REDACTED]' });
  });

  it('writes to the console of a browser, by level and without the stack of `console.trace`', () => {
    vi.stubGlobal('process', { env: {} });
    const methods = ['error', 'warn', 'info', 'debug', 'trace'] as const;
    const spies = methods.map((method) =>
      vi
        .spyOn(console, method)
        .mockReset()
        .mockImplementation(() => undefined),
    );
    const logger = new ConsoleLogger(new ManualClock());
    for (const level of LEVELS) logger[level](`by ${level}`);
    const messages = spies.map(({ mock }) =>
      mock.calls.map(([text]) => (JSON.parse(String(text)) as Line).message),
    );
    expect(messages).toEqual([
      ['by error'],
      ['by warn'],
      ['by info'],
      ['by debug', 'by trace'],
      [],
    ]);
  });

  it(
    'writes to standard error, and survives that nobody reads it',
    { timeout: 30_000 },
    async () => {
      const logger = new URL('console-logger.ts', import.meta.url).href;
      const program = `
      import { ConsoleLogger } from ${JSON.stringify(logger)};
      import { systemClock } from '@integrations/types';
      const logger = new ConsoleLogger(systemClock, { target: 'acme' });
      logger.info('100% %s');
      process.stdin.once('end', () => {
        logger.info('lost');
        process.stdin.once('close', () => process.stdout.write('alive'));
      }).resume();
    `;
      const flags = ['--no-warnings', '--input-type=module', '--eval', program];
      const child = spawn(process.execPath, flags, { cwd: import.meta.dirname });
      const [line] = (await once(child.stderr, 'data')) as [Buffer];
      child.stderr.destroy();
      child.stdin.end();
      expect(await text(child.stdout)).toBe('alive');
      expect(JSON.parse(line.toString())).toMatchObject({ target: 'acme', message: '100% %s' });
    },
  );
});
