export { type ContentPolicy, LogContent, type LogContentOptions, truncate } from './log-content.ts';
export { createLogger } from './create-logger.ts';
export type { LoggerLevel } from './log-level.ts';
export type { LogDestination, LoggerOptions, PinoInstance } from './logger-options.ts';
export type { SpanContext, SpanContextSource } from './span-context.ts';
