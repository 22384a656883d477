import { primitives } from './primitives/primitives.ts';
import type { Suite } from './suite.ts';

/** Everything that can be measured. */
export const suites: readonly Suite[] = [primitives];
