import type { ProviderName } from '@integrations/simulator';
import { ANSWERS, STREAMS } from './failing-answers.test.support.ts';
import { MISTAKES } from './failing-callers.test.support.ts';
import { OWN_ANSWERS } from './failing-own-answers.test.support.ts';
import { CONNECTIONS, STOPS } from './failing-ways.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

/** Every way for a call of a provider's client to fail that there is. */
export function failurePathsOf(provider: ProviderName): readonly FailurePath[] {
  return [...ANSWERS, ...STREAMS, ...OWN_ANSWERS[provider], ...CONNECTIONS, ...STOPS, ...MISTAKES];
}
