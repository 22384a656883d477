import type { CallOptions, StreamOptions } from '@integrations/provider';
import { type Answer, EchoServer, type RawAnswer } from './echo-server.test.support.ts';
import type {
  FailingClient,
  FailingOptions,
  FailingProvider,
  FailingRequest,
} from './failing-providers.test.support.ts';
import type { Marked } from './marked.test.support.ts';

/** Makes calls that fail, with marked secrets, and closes whatever it opened. */
export class FailureBench implements AsyncDisposable {
  readonly provider: FailingProvider;
  readonly marked: Marked;
  readonly #sinks: FailingOptions;
  readonly #open: AsyncDisposable[] = [];

  constructor(provider: FailingProvider, marked: Marked, sinks: FailingOptions) {
    this.provider = provider;
    this.marked = marked;
    this.#sinks = sinks;
  }

  get request(): FailingRequest {
    const content = `Keep this to yourself: ${this.marked.prompt}`;
    return { model: this.provider.model, messages: [{ role: 'user', content }] };
  }

  /** What all clients here have. */
  get options(): FailingOptions {
    return {
      maxRetries: 1,
      retry: { initialDelay: 1, maxDelay: 1 },
      spanDetail: 'full',
      ...this.#sinks,
    };
  }

  client(options: FailingOptions): FailingClient {
    const client = this.provider.create(this.marked, { ...this.options, ...options });
    this.#open.push(client);
    return client;
  }

  /** Starts a server that answers every request alike, and gives its base URL. */
  async serve(answer: Answer): Promise<string> {
    const server = await EchoServer.start(answer);
    this.#open.push(server);
    return server.baseURL;
  }

  /** A client of such a server. */
  async clientOf(answer: Answer, options?: FailingOptions): Promise<FailingClient> {
    return this.client({ baseURL: await this.serve(answer), ...options });
  }

  /** A client of a server that writes the bytes itself. */
  async clientOfRaw(answer: RawAnswer): Promise<FailingClient> {
    const server = await EchoServer.startRaw(answer);
    this.#open.push(server);
    return this.client({ baseURL: server.baseURL });
  }

  /** Asks such a server, once. */
  async ask(answer: Answer, options: CallOptions = {}): Promise<unknown> {
    const client = await this.clientOf(answer);
    return client.chat.create(this.request, options);
  }

  /** Reads the stream of such a server to its end. */
  async stream(answer: Answer, options: StreamOptions = {}): Promise<void> {
    const client = await this.clientOf(answer);
    const stream = await client.chat.createStream(this.request, options);
    await stream.finalCompletion();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#open.toReversed()) await one[Symbol.asyncDispose]();
  }
}
