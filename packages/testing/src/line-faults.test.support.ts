import type { LineFault } from './reference-line.test.support.ts';

/** The promise of limiters and bulkheads that each fault in waiting breaks. */
export const LINE_FAULTS: Readonly<Record<LineFault, string>> = {
  'serves the last one first': 'who waits is served in order of arrival',
  'ignores priority': 'a higher priority goes first',
  'ignores the deadline': 'waiting is over when the deadline has passed',
  'ignores the signal': 'an abort rejects a waiting acquire() at once with the reason',
  'leaves a listener after an abort':
    'an abort rejects a waiting acquire() at once with the reason, and leaves no listener',
  'leaves a listener after a permit': 'no listener is left on the signal once the permit is given',
  'rejects with an error of its own':
    'an abort rejects a waiting acquire() at once with the reason',
  'starts though aborted': 'an aborted signal rejects acquire() with the reason',
  'keeps a place for who was aborted': 'who was aborted takes no',
};
