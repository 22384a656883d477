import type { ClientCore } from './client-core.ts';
import type { RawAnswer, RawRequest, RawResults } from './raw-request.ts';
import type { ResponsePromise } from './response-promise.ts';

/** What a raw request has beside its method and its path. */
export type RawOptions<Answer extends RawAnswer = RawAnswer> = Omit<
  RawRequest<Answer>,
  'method' | 'path'
>;

/** What the clients of all providers have beside their resources: raw requests, and an end. */
export abstract class ApiClient implements AsyncDisposable {
  /** What the resources call, and what derived clients share. */
  protected readonly core: ClientCore;

  constructor(core: ClientCore) {
    this.core = core;
  }

  /**
   * A request to a part of the API that the client has no method for. It takes the way
   * of every call: credentials, retries, limits, breaker, timeouts, telemetry. The
   * answer is not checked: `Result` is what the caller knows of it.
   *
   * @throws the errors of every call.
   */
  request<Result = unknown, Answer extends RawAnswer = 'json'>(
    raw: RawRequest<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.core.caller.request<Result, Answer>(raw);
  }

  /** `request` with the method GET. */
  get<Result = unknown, Answer extends RawAnswer = 'json'>(
    path: string,
    options?: RawOptions<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.request<Result, Answer>({ ...options, method: 'GET', path });
  }

  /** `request` with the method POST. */
  post<Result = unknown, Answer extends RawAnswer = 'json'>(
    path: string,
    options?: RawOptions<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.request<Result, Answer>({ ...options, method: 'POST', path });
  }

  /** `request` with the method PUT. */
  put<Result = unknown, Answer extends RawAnswer = 'json'>(
    path: string,
    options?: RawOptions<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.request<Result, Answer>({ ...options, method: 'PUT', path });
  }

  /** `request` with the method PATCH. */
  patch<Result = unknown, Answer extends RawAnswer = 'json'>(
    path: string,
    options?: RawOptions<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.request<Result, Answer>({ ...options, method: 'PATCH', path });
  }

  /** `request` with the method DELETE. */
  delete<Result = unknown, Answer extends RawAnswer = 'json'>(
    path: string,
    options?: RawOptions<Answer>,
  ): ResponsePromise<RawResults<Result>[Answer]> {
    return this.request<Result, Answer>({ ...options, method: 'DELETE', path });
  }

  /**
   * Closes idle connections and waits for those in use. A transport that was passed
   * in, or that is shared with the client this one was derived from, stays open.
   */
  async close(): Promise<void> {
    await this.core.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
