import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from './create-logger.ts';
import { KeptLines, LEVELS } from './lines.test.support.ts';

// What a bundler does by the `browser` field of pino's manifest.
vi.mock('pino', () => vi.importActual('pino/browser.js'));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('with the browser build of pino', () => {
  it('writes the same lines to the console, as objects', () => {
    const spies = LEVELS.map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    );
    const span = { trace_id: 't', span_id: 's' };
    const logger = createLogger({ level: 'trace', target: 'app', spanContext: () => span });
    for (const level of LEVELS) logger.child({ cookie: 'abc' })[level](`by ${level}`, { n: 1 });
    for (const [at, level] of LEVELS.entries()) {
      expect(spies[at]?.mock.calls).toEqual([
        [
          {
            level: level.toUpperCase(),
            timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
            target: 'app',
            message: `by ${level}`,
            fields: { cookie: '[REDACTED]', n: 1 },
            span,
          },
        ],
      ]);
    }
  });

  it('writes JSON to a destination, by level', () => {
    const kept = new KeptLines();
    const logger = createLogger({ destination: kept, levelCase: 'lower' });
    logger.debug('no');
    logger.info('token=abcdef 100% %s');
    expect(kept.lines).toEqual([
      {
        level: 'info',
        timestamp: expect.any(String),
        target: 'integrations',
        message: 'token=[REDACTED] 100% %s',
        fields: {},
      },
    ]);
    expect(logger.isLevelEnabled('debug')).toBe(false);
  });

  it('reports a failure without a process', () => {
    const errors: unknown[] = [];
    vi.stubGlobal('process', undefined);
    vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
    const failure = new Error('no');
    const write = (): never => {
      throw failure;
    };
    createLogger({ destination: { write } }).info('x');
    vi.unstubAllGlobals();
    expect(errors).toEqual([expect.objectContaining({ cause: failure })]);
  });
});
