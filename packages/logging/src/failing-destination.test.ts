import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { type Logger, systemClock } from '@integrations/types';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import { KeptLines } from './lines.test.support.ts';
import type { LoggerOptions } from './logger-options.ts';

const BROKEN = new Error('the disk is full');

function broken(): never {
  throw BROKEN;
}

/** Not by `once`: that fails with the error which a stream closes after. */
function closed(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once('close', () => resolve()));
}

function withErrors(options: LoggerOptions): {
  readonly logger: Logger;
  readonly errors: unknown[];
} {
  const errors: unknown[] = [];
  return { logger: createLogger({ ...options, onError: (error) => errors.push(error) }), errors };
}

describe('a destination that throws', () => {
  it('fails no call, and is reported once for a logger and its children', () => {
    const { logger, errors } = withErrors({ destination: { write: broken } });
    logger.info('x');
    logger.error('y');
    logger.child({ a: 1 }).info('z');
    expect(errors).toEqual([BROKEN]);
  });

  it('is tried again with each line', () => {
    const kept = new KeptLines();
    let isBroken = true;
    const write = (line: string): void => (isBroken ? broken() : kept.write(line));
    const { logger } = withErrors({ destination: { write } });
    logger.info('lost');
    isBroken = false;
    logger.info('kept');
    expect(kept.lines.map(({ message }) => message)).toEqual(['kept']);
  });

  it('behind a pino logger of the user fails no call either', () => {
    const { logger, errors } = withErrors({ pino: pino({}, { write: broken }) });
    logger.info('x');
    expect(errors).toEqual([BROKEN]);
  });
});

describe('a stream that fails later', () => {
  it('does not end the process, and is reported', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(BROKEN);
      },
    });
    const first = withErrors({ destination: stream });
    const second = withErrors({ destination: stream });
    first.logger.info('x');
    await closed(stream);
    first.logger.info('after its end');
    expect(first.errors).toEqual([BROKEN]);
    expect(second.errors).toEqual([BROKEN]);
    expect(stream.listenerCount('error')).toBe(1);
  });

  it('may be a file that cannot be opened', async () => {
    const stream = createWriteStream('/nowhere/at/all.log');
    const { logger, errors } = withErrors({ destination: stream });
    logger.info('x');
    await closed(stream);
    expect(errors).toEqual([expect.objectContaining({ code: 'ENOENT' })]);
  });

  it('may be a destination of pino', async () => {
    const destination = pino.destination({ fd: 1_000_000, sync: false });
    const failed = new Promise((resolve) => destination.once('error', resolve));
    const { logger, errors } = withErrors({ destination });
    logger.info('x');
    await failed;
    expect(errors).toEqual([expect.objectContaining({ code: 'EBADF' })]);
  });
});

describe('other failures', () => {
  it('a span source that throws costs the span, not the line', () => {
    const kept = new KeptLines();
    const { logger, errors } = withErrors({ destination: kept, spanContext: broken });
    logger.info('x');
    expect(kept.last).toMatchObject({ message: 'x' });
    expect(kept.last).not.toHaveProperty('span');
    expect(errors).toEqual([BROKEN]);
  });

  it('a clock that tells no time costs the line', () => {
    const kept = new KeptLines();
    let epoch = 0;
    const clock = { ...systemClock, epoch: () => epoch };
    const { logger, errors } = withErrors({ destination: kept, clock });
    epoch = Number.NaN;
    logger.info('x');
    expect(kept.lines).toEqual([]);
    expect(errors).toEqual([expect.any(RangeError)]);
  });

  it('become a warning of the process where nobody listens, or the listener throws', async () => {
    for (const options of [{}, { onError: broken }]) {
      const warned = once(process, 'warning');
      createLogger({ destination: { write: broken }, ...options }).info('x');
      const [warning] = await warned;
      expect(warning).toMatchObject({
        message: 'A log line could not be written: the disk is full. Later ones are not reported.',
        cause: BROKEN,
      });
    }
  });
});
