import { ConfigurationError, redactText, wrongOption } from '@integrations/errors';
import { type Logger, type LogLevel, systemClock } from '@integrations/types';
import { FailureReport } from './failure-report.ts';
import { formattedWriter, instanceWriter } from './line-writer.ts';
import { isWritten, LOGGER_LEVELS } from './log-level.ts';
import type { LoggerOptions } from './logger-options.ts';
import { bind, ScrubbingLogger } from './scrubbing-logger.ts';

const DEFAULT_TARGET = 'integrations';

function checkOptions(options: LoggerOptions): void {
  const { destination, level, levelCase = 'upper', pino, target } = options;
  if (level !== undefined && !LOGGER_LEVELS.includes(level)) {
    throw wrongOption('level', `one of ${LOGGER_LEVELS.join(', ')}`, level);
  }
  if (levelCase !== 'upper' && levelCase !== 'lower') {
    throw wrongOption('levelCase', 'upper or lower', levelCase);
  }
  if (destination !== undefined && typeof destination.write !== 'function') {
    throw wrongOption('destination', 'something with a write method', destination);
  }
  if (pino !== undefined && typeof pino.isLevelEnabled !== 'function') {
    throw wrongOption('pino', 'a pino logger', pino);
  }
  if (pino !== undefined && destination !== undefined) {
    throw new ConfigurationError('`pino` has a destination of its own: leave `destination` out.');
  }
  if (target !== undefined && typeof target !== 'string') {
    throw wrongOption('target', 'a string', target);
  }
}

/** Whether a level is written: by the option, and by the user's own logger. */
function levelFilter({ level, pino }: LoggerOptions): (asked: LogLevel) => boolean {
  if (pino === undefined) {
    const finest = level ?? 'info';
    return (asked) => isWritten(asked, finest);
  }
  if (level === undefined) return (asked) => pino.isLevelEnabled(asked);
  return (asked) => isWritten(asked, level) && pino.isLevelEnabled(asked);
}

/**
 * A logger that writes JSON lines through pino, and takes every secret out of them
 * first. Its methods never throw: what cannot be read is named as such, and a
 * destination that fails is reported once.
 *
 * @throws ConfigurationError when an option is wrong.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  checkOptions(options);
  const { clock = systemClock, destination, fields = {}, levelCase = 'upper', pino } = options;
  const report = new FailureReport(options.onError);
  const target = redactText(options.target ?? DEFAULT_TARGET);
  const sink = {
    write:
      pino === undefined
        ? formattedWriter({ levelCase, clock, destination }, report)
        : instanceWriter(pino),
    isEnabled: levelFilter(options),
    spanContext: options.spanContext,
    report,
  };
  return new ScrubbingLogger(sink, bind({ target, fields: {} }, fields));
}
