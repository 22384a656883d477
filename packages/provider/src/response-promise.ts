import type { HttpResponse } from '@integrations/types';

/** A result together with the response that it came from. */
export interface WithResponse<T> {
  readonly data: T;
  /** Status and headers; the body has been read. */
  readonly response: Response;
  readonly requestId: string | undefined;
}

/** The part of a response that is known before its body is. */
export interface ResponseHead extends Pick<HttpResponse, 'status' | 'headers' | 'url'> {
  readonly body?: HttpResponse['body'];
  /** The body as it arrives, for who wants the raw response; it can be asked for once. */
  readonly openBody?: () => ReadableStream<Uint8Array>;
}

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

function toFetchResponse(head: ResponseHead, stream?: ReadableStream<Uint8Array>): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(head.headers)) {
    if (value !== undefined) headers.append(name, value);
  }
  // A copy: the bytes may be shared, and `BodyInit` wants its own buffer.
  const body = head.body === undefined ? stream : new Uint8Array(head.body);
  const hasBody = body !== undefined && !WITHOUT_BODY.has(head.status);
  return new Response(hasBody ? body : null, { status: head.status, headers });
}

/** What a `ResponsePromise` is made of. */
export interface ResponseParts<T> {
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
  readonly #parts: ResponseParts<T>;
  #result: Promise<T> | undefined;
  #rawWanted = false;
  /** Whether the call is in the hands of another promise, made of this one. */
  #isMapped = false;

  protected constructor(parts: ResponseParts<T>) {
    this.#parts = parts;
    // Nobody may ever ask for the result; it is read all the same, so that the
    // call is recorded and a failure that nobody handles is reported.
    const settle = (): void => {
      if (!this.#rawWanted && !this.#isMapped) void this.#read();
    };
    parts.head.then(() => {
      const isRaw = this.#rawWanted && this.#result === undefined && !this.#isMapped;
      if (isRaw) parts.readRaw();
      else settle();
    }, settle);
  }

  /** Wraps the response that is to come. */
  static of<Head extends ResponseHead, T>(
    head: Promise<Head>,
    reader: ResponseReader<Head, T>,
  ): ResponsePromise<T> {
    return new ResponsePromise<T>(ResponsePromise.parts(head, reader));
  }

  protected static parts<Head extends ResponseHead, T>(
    head: Promise<Head>,
    reader: ResponseReader<Head, T>,
  ): ResponseParts<T> {
    return {
      head,
      read: () => head.then((arrived) => reader.read(arrived)),
      readRaw: () => void head.then((arrived) => reader.readRaw(arrived)),
      requestId: () => head.then((arrived) => reader.requestId(arrived)),
    };
  }

  /** The response as it came, whatever its body. That of a stream of events has no body here. */
  async asResponse(): Promise<Response> {
    this.#rawWanted = true;
    const head = await this.#parts.head;
    return toFetchResponse(head, head.openBody?.());
  }

  /** The result, the response and the request's id. */
  async withResponse(): Promise<WithResponse<T>> {
    const data = await this.#read();
    const [head, requestId] = await Promise.all([this.#parts.head, this.#parts.requestId()]);
    return { data, response: toFetchResponse(head), requestId };
  }

  /**
   * The promise of what `transform` makes of the result; the response stays the same.
   * To be used in the place of this promise, and called before the response is there.
   */
  map<U>(transform: (value: T) => U): ResponsePromise<U> {
    this.#isMapped = true;
    return new ResponsePromise<U>({
      ...this.#parts,
      read: () => this.#read().then(transform),
    });
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
