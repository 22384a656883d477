import { imports } from './imports/imports.ts';
import { primitives } from './primitives/primitives.ts';
import type { Suite } from './suite.ts';
import { telemetry } from './telemetry/telemetry.ts';

/** Everything that can be measured. */
export const suites: readonly Suite[] = [primitives, ...telemetry, imports];
