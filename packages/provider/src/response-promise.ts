import type { HttpResponse } from '@integrations/types';

/** A result together with the response that it came from. */
export interface WithResponse<T> {
  readonly data: T;
  /** Status and headers; the body has been read. */
  readonly response: Response;
  readonly requestId: string | undefined;
}

/** The part of a response that is known before its body is. */
export type ResponseHead = Pick<HttpResponse, 'status' | 'headers' | 'url'> &
  Partial<Pick<HttpResponse, 'body'>>;

/** How a response becomes a result. */
export interface ResponseReader<Head extends ResponseHead, T> {
  /** @throws a typed error when the response is not what was asked for. */
  read(head: Head): T;
  /** Called in place of `read` when only the raw response is wanted. */
  readRaw(head: Head): void;
  requestId(head: Head): string | undefined;
}

/** Statuses with which the Fetch standard allows no body. */
const WITHOUT_BODY = new Set([204, 205, 304]);

function toFetchResponse(head: ResponseHead): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(head.headers)) {
    if (value !== undefined) headers.append(name, value);
  }
  // A copy: the bytes may be shared, and `BodyInit` wants its own buffer.
  const body =
    head.body === undefined || WITHOUT_BODY.has(head.status) ? null : new Uint8Array(head.body);
  return new Response(body, { status: head.status, headers });
}

/** What a `ResponsePromise` is made of. */
interface Parts<T> {
  readonly head: Promise<ResponseHead>;
  readonly read: () => Promise<T>;
  readonly readRaw: () => void;
  readonly requestId: () => Promise<string | undefined>;
}

/**
 * The promise of a result that can also give the raw response. The call begins
 * at once, and is made once however the promise is used.
 */
export class ResponsePromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag]: string = 'ResponsePromise';
  readonly #parts: Parts<T>;
  #result: Promise<T> | undefined;
  #rawWanted = false;

  private constructor(parts: Parts<T>) {
    this.#parts = parts;
    // Nobody may ever ask for the result; it is read all the same, so that the
    // call is recorded and a failure that nobody handles is reported.
    const settle = (): void => {
      if (!this.#rawWanted) void this.#read();
    };
    parts.head.then(() => {
      if (this.#rawWanted && this.#result === undefined) parts.readRaw();
      else settle();
    }, settle);
  }

  /** Wraps the response that is to come. */
  static of<Head extends ResponseHead, T>(
    head: Promise<Head>,
    reader: ResponseReader<Head, T>,
  ): ResponsePromise<T> {
    return new ResponsePromise<T>({
      head,
      read: () => head.then((arrived) => reader.read(arrived)),
      readRaw: () => void head.then((arrived) => reader.readRaw(arrived)),
      requestId: () => head.then((arrived) => reader.requestId(arrived)),
    });
  }

  /** The response as it came, whatever its body. A stream's has no body here. */
  async asResponse(): Promise<Response> {
    this.#rawWanted = true;
    return toFetchResponse(await this.#parts.head);
  }

  /** The result, the response and the request's id. */
  async withResponse(): Promise<WithResponse<T>> {
    const data = await this.#read();
    const [head, requestId] = await Promise.all([this.#parts.head, this.#parts.requestId()]);
    return { data, response: toFetchResponse(head), requestId };
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#read().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#read().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#read().finally(onFinally);
  }

  #read(): Promise<T> {
    this.#result ??= this.#parts.read();
    return this.#result;
  }
}
