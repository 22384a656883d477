import type { RetryPolicy } from '@integrations/types';

/**
 * A policy whose delays depend on the delays before. The executor asks it for a
 * policy of its own at the first failure of each execution, so that executions
 * under way at once never mix their states.
 */
export interface PerExecutionPolicy extends RetryPolicy {
  /** A policy for one execution. */
  start(): RetryPolicy;
}

/** The policy that one execution keeps to. */
export function startPolicy(policy: RetryPolicy | PerExecutionPolicy): RetryPolicy {
  return 'start' in policy && typeof policy.start === 'function' ? policy.start() : policy;
}
