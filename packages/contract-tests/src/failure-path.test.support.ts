import type { ErrorCode } from '@integrations/errors';
import type { FailureBench } from './failure-bench.test.support.ts';

/** A way for a call to fail. */
export interface FailurePath {
  readonly name: string;
  readonly code: ErrorCode;
  readonly run: (bench: FailureBench) => unknown;
}
