import { describe, it } from 'vitest';
import { breakerProperties as properties } from './breaker-properties.test.support.ts';
import { realSubject } from './breaker-subject.test.support.ts';

describe('a circuit breaker', () => {
  it('does what a naive model does, whatever happens', { timeout: 60_000 }, () =>
    properties.behavesLikeTheModel(realSubject),
  );

  it('issues at most N probes in one half-open time', () =>
    properties.issuesAtMostNProbes(realSubject));

  it('is not changed by a stale success', () => properties.staleSuccessChangesNothing(realSubject));

  it('is not changed by a stale failure', () => properties.staleFailureChangesNothing(realSubject));

  it('is not changed by a second report', () => properties.secondReportChangesNothing(realSubject));

  it('gets the permit of an ignored probe back', () =>
    properties.ignoreConservesPermits(realSubject));

  it('lets a call through after open time and lease', { timeout: 60_000 }, () =>
    properties.comesBackToLife(realSubject),
  );

  it('tells refused calls how long to wait', () => properties.refusalTellsTheTime(realSubject));

  it('decides the same after export and import', { timeout: 60_000 }, () =>
    properties.restoredDecidesTheSame(realSubject),
  );

  it('is restored open for the time that is left, whatever the date says', () =>
    properties.restoredOpenWaitsForTheRest(realSubject));

  it('is restored forced, and can be released', () =>
    properties.restoredForceCanBeLifted(realSubject));

  it('leaves calls in flight out of the failure rate', () =>
    properties.callsInFlightDoNotDilute(realSubject));

  it('keeps what listeners throw from the call', () =>
    properties.listenersCannotFailCalls(realSubject));

  it('tells of every change, in order', { timeout: 60_000 }, () =>
    properties.changesAreAChain(realSubject),
  );

  it('takes any result for a success', () => properties.anyResultIsASuccess(realSubject));

  it('refuses more calls than probes at once', () => properties.excessIsRefusedAtOnce(realSubject));
});
