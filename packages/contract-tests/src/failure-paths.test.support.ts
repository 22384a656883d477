import { ANSWERS, STREAMS } from './failing-answers.test.support.ts';
import { MISTAKES } from './failing-callers.test.support.ts';
import { CONNECTIONS, STOPS } from './failing-ways.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

/** Every way for a call to fail that there is. */
export const FAILURE_PATHS: readonly FailurePath[] = [
  ...ANSWERS,
  ...STREAMS,
  ...CONNECTIONS,
  ...STOPS,
  ...MISTAKES,
];
