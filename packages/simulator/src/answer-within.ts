import type { Route } from './protocol.ts';
import { type Refusal, RequestRefused } from './refusal.ts';
import { findRoute } from './router.ts';

/** What a request within another one is answered with. */
export interface InnerAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What answers requests within others. */
export interface InnerProtocol {
  readonly routes: readonly Route[];
  readonly errorBody: (refusal: Refusal) => unknown;
}

/** Answers a request of a batch as its endpoint would. */
export async function answerWithin(
  { routes, errorBody }: InnerProtocol,
  path: string,
  body: unknown,
): Promise<InnerAnswer> {
  const method = 'POST';
  try {
    const match = findRoute(routes, method, path);
    if (match.kind !== 'found') {
      throw new RequestRefused({ status: 404, message: `Invalid URL (POST ${path})`, code: null });
    }
    const query = new URLSearchParams();
    const { params } = match;
    const reply = await match.route.handle({ method, path, query, headers: {}, body, params });
    return { status: 200, body: reply.kind === 'binary' ? null : reply.body };
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    const { refusal } = error;
    return { status: refusal.status, body: refusal.body ?? errorBody(refusal) };
  }
}
