import type { FailureReport } from './failure-report.ts';

/** What a stream adds to a destination: it tells of failures later, in an event. */
interface EventSource {
  on(event: 'error', listener: (error: unknown) => void): unknown;
}

/** One listener for each stream, however many loggers write to it. */
const watched = new WeakMap<EventSource, Set<FailureReport>>();

function isEventSource(destination: unknown): destination is EventSource {
  return (
    typeof destination === 'object' &&
    destination !== null &&
    'on' in destination &&
    typeof destination.on === 'function'
  );
}

/**
 * Reports the errors that a destination tells of by events. Without a listener the
 * first one would end the process.
 */
export function watchDestination(destination: unknown, report: FailureReport): void {
  if (!isEventSource(destination)) return;
  const known = watched.get(destination);
  if (known !== undefined) {
    known.add(report);
    return;
  }
  const reports = new Set([report]);
  watched.set(destination, reports);
  destination.on('error', (error) => {
    for (const each of reports) each.make(error);
  });
}
