/** What the body of an answer has to be. */
export interface ExpectedContent {
  /** For messages: `a stream of events`. */
  readonly name: string;
  /** What its content type matches, where it has one. */
  readonly type: RegExp;
}

export const EVENTS: ExpectedContent = {
  name: 'a stream of events',
  type: /^\s*text\/event-stream\b/i,
};

export const ANY_FILE: ExpectedContent = { name: 'a file', type: /^/ };
