import {
  type ChatCompletionRequest,
  createOpenAIClient,
  type OpenAIClient,
  type OpenAIClientOptions,
} from '@integrations/openai';
import type { CallOptions, StreamOptions } from '@integrations/provider';
import { type Answer, EchoServer, type RawAnswer } from './echo-server.test.support.ts';

/** Texts that must not be found anywhere. */
export interface Marked {
  readonly key: string;
  readonly organization: string;
  readonly project: string;
  readonly prompt: string;
}

/** Makes calls that fail, with marked secrets, and closes whatever it opened. */
export class FailureBench implements AsyncDisposable {
  readonly marked: Marked;
  readonly #sinks: OpenAIClientOptions;
  readonly #open: AsyncDisposable[] = [];

  constructor(marked: Marked, sinks: OpenAIClientOptions) {
    this.marked = marked;
    this.#sinks = sinks;
  }

  get request(): ChatCompletionRequest {
    const content = `Keep this to yourself: ${this.marked.prompt}`;
    return { model: 'gpt-4o-mini', messages: [{ role: 'user', content }] };
  }

  client(options: OpenAIClientOptions): OpenAIClient {
    const { key, organization, project } = this.marked;
    const client = createOpenAIClient({
      apiKey: key,
      organization,
      project,
      maxRetries: 1,
      retry: { initialDelay: 1, maxDelay: 1 },
      spanDetail: 'full',
      ...this.#sinks,
      ...options,
    });
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
  async clientOf(answer: Answer, options?: OpenAIClientOptions): Promise<OpenAIClient> {
    return this.client({ baseURL: await this.serve(answer), ...options });
  }

  /** A client of a server that writes the bytes itself. */
  async clientOfRaw(answer: RawAnswer): Promise<OpenAIClient> {
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
