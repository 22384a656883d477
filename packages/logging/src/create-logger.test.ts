import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isIntegrationError, RateLimitError, registerSecret } from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { type Logger, type LogLevel, SecretString } from '@integrations/types';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import { KeptLines, LEVELS } from './lines.test.support.ts';
import type { LoggerOptions } from './logger-options.ts';

interface Kept {
  readonly kept: KeptLines;
  readonly logger: Logger;
}

function keptLogger(options: LoggerOptions = {}): Kept {
  const kept = new KeptLines();
  return { kept, logger: createLogger({ level: 'trace', destination: kept, ...options }) };
}

const SPAN = { trace_id: 'trace-456', span_id: 'span-789' };

describe('the format', () => {
  it('is the documented one', () => {
    const clock = new ManualClock({ epoch: Date.UTC(2025, 11, 8, 10, 30, 0, 123) });
    const target = 'integrations_openai::services::chat';
    const { kept, logger } = keptLogger({ target, clock, spanContext: () => SPAN });
    const fields = { correlation_id: 'abc-123', endpoint: '/chat/completions', latency_ms: 1234 };
    logger.info('Chat completion completed', fields);
    expect(kept.lines).toStrictEqual([
      {
        timestamp: '2025-12-08T10:30:00.123Z',
        level: 'INFO',
        target,
        message: 'Chat completion completed',
        fields,
        span: SPAN,
      },
    ]);
  });

  it('has members, whatever is left out', () => {
    const { kept, logger } = keptLogger();
    logger.info('bare');
    const { timestamp, ...rest } = kept.last;
    expect(rest).toStrictEqual({
      level: 'INFO',
      target: 'integrations',
      message: 'bare',
      fields: {},
    });
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it.each(LEVELS)('names the level %s in capitals, or small', (level) => {
    const upper = keptLogger();
    upper.logger[level]('x');
    expect(upper.kept.last.level).toBe(level.toUpperCase());
    const lower = keptLogger({ levelCase: 'lower' });
    lower.logger.log(level, 'x');
    expect(lower.kept.last.level).toBe(level);
  });

  it('takes the name of a span, and asks for the span of each line', () => {
    let calls = 0;
    const { kept, logger } = keptLogger({
      spanContext: () => {
        calls += 1;
        return calls === 2 ? undefined : { ...SPAN, name: `span ${calls}` };
      },
    });
    for (const message of ['a', 'b', 'c']) logger.child({ a: 1 }).info(message);
    expect(kept.lines.map(({ span }) => span)).toEqual([
      { ...SPAN, name: 'span 1' },
      undefined,
      { ...SPAN, name: 'span 3' },
    ]);
  });

  it('leaves messages as they are, signs of formats included', () => {
    const { kept, logger } = keptLogger();
    logger.info('100 % of %s, %d and %o\nnext line "quoted" \u{1F600}', { a: 1 });
    expect(kept.last.message).toBe('100 % of %s, %d and %o\nnext line "quoted" \u{1F600}');
    expect(kept.chunks).toHaveLength(1);
  });

  it('cannot be forged by fields of the same names', () => {
    const { kept, logger } = keptLogger({ target: 'mine' });
    const forged = { level: 'ERROR', timestamp: 'never', message: 'other', target: 't', span: 1 };
    logger.info('real', forged);
    expect(kept.last).toMatchObject({ level: 'INFO', target: 'mine', message: 'real' });
    expect(kept.last.fields).toEqual(forged);
    expect(kept.last.span).toBeUndefined();
  });
});

describe('levels', () => {
  it.each(['silent', ...LEVELS] as const)('at %s writes what is no finer', (level) => {
    const { kept, logger } = keptLogger({ level });
    for (const each of LEVELS) logger[each](each);
    const written = level === 'silent' ? [] : LEVELS.slice(0, LEVELS.indexOf(level) + 1);
    expect(kept.lines.map(({ message }) => message)).toEqual(written);
    for (const each of LEVELS) expect(logger.isLevelEnabled(each)).toBe(written.includes(each));
  });

  it('is info by default', () => {
    const kept = new KeptLines();
    const logger = createLogger({ destination: kept });
    logger.debug('no');
    logger.info('yes');
    expect(kept.lines.map(({ message }) => message)).toEqual(['yes']);
  });

  it('does not read the fields of a line that is not written', () => {
    const { logger } = keptLogger({ level: 'info' });
    let reads = 0;
    const fields = {
      get costly(): number {
        reads += 1;
        return reads;
      },
    };
    logger.debug('x', fields);
    expect(reads).toBe(0);
    logger.info('x', fields);
    expect(reads).toBe(1);
  });

  it('writes a line of an unknown level as an error', () => {
    const { kept, logger } = keptLogger({ level: 'error' });
    for (const level of ['fatal', 'toString', 'silent', undefined]) {
      logger.log(level as LogLevel, `by ${level}`);
    }
    expect(kept.lines.map(({ level }) => level)).toEqual(Array.from({ length: 4 }, () => 'ERROR'));
  });
});

describe('children', () => {
  it('add fields that a line may replace', () => {
    const { kept, logger } = keptLogger({ fields: { app: 'a', call: 'none' } });
    logger.child({ call: 'chat' }).child({ attempt: 2 }).info('x', { attempt: 3 });
    expect(kept.last.fields).toEqual({ app: 'a', call: 'chat', attempt: 3 });
  });

  it('set a target of their own', () => {
    const { kept, logger } = keptLogger({ target: 'parent' });
    const child = logger.child({ target: 'child', a: 1 });
    child.info('1');
    child.child({ b: 2 }).info('2');
    logger.info('3', { target: 'a field' });
    logger.child({ target: 5 }).info('4');
    expect(kept.lines.map(({ target, fields }) => [target, fields])).toEqual([
      ['child', { a: 1 }],
      ['child', { a: 1, b: 2 }],
      ['parent', { target: 'a field' }],
      ['parent', { target: 5 }],
    ]);
  });

  it('keep what their fields were when they were made', () => {
    const { kept, logger } = keptLogger();
    const fields = { list: [1] };
    const child = logger.child(fields);
    fields.list.push(2);
    child.info('x');
    expect(kept.last.fields).toEqual({ list: [1] });
  });

  it('forget a secret that is registered after they were made', () => {
    const { kept, logger } = keptLogger();
    const child = logger.child({ note: 'some later secret', target: 'some later secret' });
    child.info('before');
    using registration = registerSecret('some later secret');
    expect(registration.registered).toBe(true);
    child.info('after');
    child.child({ more: 1 }).info('child');
    expect(kept.lines.map(({ fields, target }) => [fields['note'], target])).toEqual([
      ['some later secret', 'some later secret'],
      ['[REDACTED]', '[REDACTED]'],
      ['[REDACTED]', '[REDACTED]'],
    ]);
  });
});

describe('errors as fields', () => {
  it('show name, code, message, stack and causes', () => {
    const { kept, logger } = keptLogger();
    const cause = Object.assign(new Error('reset, password=abc'), { code: 'ECONNRESET' });
    const error = new RateLimitError('Slow down.', { status: 429, requestId: 'req_1', cause });
    logger.warn('failed', { error });
    expect(kept.last.fields['error']).toMatchObject({
      name: 'RateLimitError',
      code: 'rate_limit',
      message: 'Slow down.',
      status: 429,
      requestId: 'req_1',
      stack: expect.stringMatching(/^RateLimitError: Slow down\.\n {4}at /),
      cause: {
        name: 'Error',
        code: 'ECONNRESET',
        message: 'reset, password=[REDACTED]',
        stack: expect.stringMatching(/^Error: reset, password=\[REDACTED\]\n {4}at /),
      },
    });
    expect(kept.chunks).toHaveLength(1);
  });

  it('may be the fields themselves', () => {
    const { kept, logger } = keptLogger();
    logger.error('failed', new TypeError('wrong') as never);
    expect(kept.last.fields).toMatchObject({ name: 'TypeError', message: 'wrong' });
  });
});

describe('what is odd', () => {
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const cyclic: Record<string, unknown> = { a: 1 };
  cyclic['self'] = cyclic;
  let deep: unknown = 'bottom';
  for (let level = 0; level < 50_000; level += 1) deep = { deep };

  it.each<[string, () => unknown, unknown]>([
    ['a bigint', () => 12n, '12'],
    ['a symbol', () => Symbol('s'), undefined],
    ['a function', () => () => 1, undefined],
    ['undefined', () => undefined, undefined],
    ['null', () => null, null],
    ['NaN', () => Number.NaN, null],
    ['a date', () => new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', () => new Date(Number.NaN), null],
    ['a map', () => new Map([['a', 1]]), { a: 1 }],
    ['a set', () => new Set([1, 2]), [1, 2]],
    ['bytes', () => new Uint8Array(4), '[Uint8Array of 4 bytes]'],
    ['a secret', () => new SecretString('test-key'), '[REDACTED]'],
    ['a cycle', () => cyclic, { a: 1, self: '[Circular]' }],
    ['a revoked proxy', () => revoked(), '[Unreadable]'],
    ['a regular expression', () => /x/, {}],
    ['half of a pair', () => '\uD800', '\uD800'],
  ])('%s is written safely', (_name, make, written) => {
    const { kept, logger } = keptLogger({
      onError: (error) => {
        throw error;
      },
    });
    logger.info('x', { value: make(), after: true });
    expect(kept.last.fields).toEqual(
      written === undefined ? { after: true } : { value: written, after: true },
    );
  });

  it('a getter that throws, and depth, hide nothing else', () => {
    const { kept, logger } = keptLogger();
    const hostile = {
      get broken(): never {
        throw new Error('no');
      },
      deep,
      ok: 1,
    };
    logger.info('x', hostile);
    expect(kept.last.fields).toMatchObject({ broken: '[Unreadable]', ok: 1 });
    expect(kept.text).toContain('[Truncated]');
  });

  it.each<[() => unknown, unknown]>([
    [() => null, {}],
    [() => 'text', { value: 'text' }],
    [() => [1, 2], { value: [1, 2] }],
    [() => revoked(), { value: '[Unreadable]' }],
    [() => Object.create(null), {}],
  ])('fields that are none are written: %#', (make, written) => {
    const fields = make();
    const { kept, logger } = keptLogger();
    logger.info('x', fields as never);
    logger.child(fields as never).info('child');
    expect(kept.lines.map((line) => line.fields)).toEqual([written, written]);
  });

  it.each<[() => unknown, string]>([
    [() => undefined, ''],
    [() => null, 'null'],
    [() => 5, '5'],
    [() => ({ a: 'password=abc' }), '{"a":"password=[REDACTED]"}'],
    [() => revoked(), '[Unreadable]'],
    [() => Symbol('s'), ''],
  ])('a message that is none is written: %#', (make, written) => {
    const { kept, logger } = keptLogger();
    logger.info(make() as string);
    expect(kept.last.message).toBe(written);
  });

  it('a member called __proto__ stays a member', () => {
    const { kept, logger } = keptLogger();
    logger.child(JSON.parse('{"__proto__":{"a":1}}')).info('x', JSON.parse('{"b":2}'));
    expect(kept.text).toContain('"fields":{"__proto__":{"a":1},"b":2}');
  });

  it('a span that is none is left out', () => {
    for (const span of ['text', 5, null, [1]]) {
      const { kept, logger } = keptLogger({ spanContext: () => span as never });
      logger.info('x');
      expect(kept.last).not.toHaveProperty('span');
    }
  });
});

describe('a pino logger of the user', () => {
  it('gets clean members, and decides about levels and format', () => {
    const kept = new KeptLines();
    const instance = pino({ level: 'info', base: { app: 'mine' }, messageKey: 'text' }, kept);
    const logger = createLogger({ pino: instance, target: 'chat', spanContext: () => SPAN });
    logger.debug('no');
    logger.warn('token=abcdef 100%', { cookie: 'abc' });
    expect(kept.lines).toEqual([
      expect.objectContaining({
        level: 40,
        app: 'mine',
        target: 'chat',
        text: 'token=[REDACTED] 100%',
        fields: { cookie: '[REDACTED]' },
        span: SPAN,
      }),
    ]);
    instance.level = 'debug';
    expect(logger.isLevelEnabled('debug')).toBe(true);
    logger.debug('now');
    expect(kept.lines).toHaveLength(2);
  });

  it('is asked besides a level of our own', () => {
    const kept = new KeptLines();
    const logger = createLogger({ level: 'warn', pino: pino({ level: 'info' }, kept) });
    logger.info('no');
    logger.error('yes');
    expect(kept.lines).toHaveLength(1);
    const coarser = createLogger({ level: 'trace', pino: pino({ level: 'error' }, kept) });
    expect(coarser.isLevelEnabled('warn')).toBe(false);
  });
});

describe('wrong options', () => {
  it.each<[string, unknown]>([
    ['level', { level: 'verbose' }],
    ['level', { level: 'INFO' }],
    ['levelCase', { levelCase: 'title' }],
    ['destination', { destination: {} }],
    ['pino', { pino: {} }],
    ['pino', { pino: pino({ level: 'silent' }), destination: { write: () => true } }],
    ['target', { target: 5 }],
  ])('name %s: %#', (option, options) => {
    let thrown: unknown;
    try {
      createLogger(options as LoggerOptions);
    } catch (error) {
      thrown = error;
    }
    expect(isIntegrationError(thrown) && thrown.code).toBe('configuration');
    expect((thrown as Error).message).toContain(`\`${option}\``);
  });
});

describe('standard output', () => {
  it('is where lines go by default', async () => {
    const entry = JSON.stringify(new URL('create-logger.ts', import.meta.url).href);
    const script = `
      const { createLogger } = await import(${entry});
      createLogger().info('to the outside', { password: 'abc' });
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { cwd: fileURLToPath(new URL('..', import.meta.url)) },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'INFO',
      message: 'to the outside',
      fields: { password: '[REDACTED]' },
    });
  });
});
