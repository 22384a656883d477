import type { Suite } from '../suite.ts';
import { calls, loopbackCalls, streams } from './calls.ts';
import { noOp } from './no-op.ts';

/** What it costs to report a call, in CPU time. Their floors differ, so they are suites of their own. */
export const telemetry: readonly Suite[] = [noOp, calls, loopbackCalls, streams];
