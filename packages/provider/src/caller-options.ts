import { durationOption } from '@integrations/errors';
import type { StreamOptions } from './call-options.ts';
import type { CallRunOptions } from './call-run.ts';

/** Everything that the path of a call runs through. */
export interface CallerOptions extends CallRunOptions {
  /** Milliseconds; 0 for no limit. */
  readonly streamIdleTimeoutMs: number;
}

/** The longest silence of one call's answer, in milliseconds; 0 for no limit. */
export function idleTimeoutOf(client: CallerOptions, { streamIdleTimeout }: StreamOptions): number {
  if (streamIdleTimeout === undefined) return client.streamIdleTimeoutMs;
  return durationOption('streamIdleTimeout', streamIdleTimeout);
}
