/** How the server answers. It stands at the head of every path: `/stream-64-1-5/v1/…`. */
export interface Behaviour {
  /** Milliseconds before an answer that is no stream; `hold` keeps it until `/release` is asked. */
  readonly delay: number | 'hold';
  /** Chunks of a stream. */
  readonly chunks: number;
  /** Events that are written at a time. */
  readonly eventsPerWrite: number;
  /** Milliseconds between two writes; 0 is the next turn of the event loop. */
  readonly paceMs: number;
}

const ORDINARY: Behaviour = { delay: 0, chunks: 16, eventsPerWrite: 1, paceMs: 0 };

/** The first part of a path, for a server that behaves so. */
export function pathOf(behaviour: Partial<Behaviour> = {}): string {
  const { delay, chunks, eventsPerWrite, paceMs } = { ...ORDINARY, ...behaviour };
  return `/${[delay, chunks, eventsPerWrite, paceMs].join('-')}`;
}

/** @throws TypeError when the path begins with no behaviour. */
export function behaviourOf(path: string): Behaviour {
  const match = /^\/(\d+|hold)-(\d+)-(\d+)-(\d+)\//.exec(path);
  if (match === null) throw new TypeError(`${path} does not say how to answer.`);
  const [, delay, chunks, eventsPerWrite, paceMs] = match;
  return {
    delay: delay === 'hold' ? 'hold' : Number(delay),
    chunks: Number(chunks),
    eventsPerWrite: Number(eventsPerWrite),
    paceMs: Number(paceMs),
  };
}
