import { type Refusal, RequestRefused } from '../refusal.ts';

/** Where in a request something is: `['body', 'messages', 0, 'role']`. */
export type Location = readonly (string | number)[];

/** One thing that is wrong with a request, as the API words it. */
export interface RequestProblem {
  readonly type: string;
  readonly loc: Location;
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** Everything that is wrong with a value; readers throw it, and who reads the whole request refuses it by that. */
export class ShapeMismatch extends Error {
  override readonly name = 'ShapeMismatch';
  readonly problems: readonly RequestProblem[];

  constructor(problems: readonly RequestProblem[]) {
    super(problems.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '));
    this.problems = problems;
  }
}

/** A request with problems, as it is refused with 422. */
export function unprocessable(problems: readonly RequestProblem[]): Refusal {
  return {
    status: 422,
    body: {
      object: 'error',
      message: { detail: problems },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  };
}

/** Reads a part of a request. @throws RequestRefused 422 that lists all that is wrong with it */
export function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeMismatch)) throw error;
    throw new RequestRefused(unprocessable(error.problems));
  }
}
