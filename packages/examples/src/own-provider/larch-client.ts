// A client for a provider of one's own: chat, streams, embeddings and models, with retries, breaker, limits,
// configuration, spans, metrics and log lines. Larch is made up: its server completes chats as OpenAI's does, but
// words errors in its own way, and has headers of its own.
import { OverloadedError, QuotaExhaustedError } from '@integrations/errors';
import {
  ApiClient,
  type ApiKey,
  apiErrors,
  type CallOptions,
  chatCompletionEndpoints,
  ChatCompletionStream,
  ClientCore,
  type ClientOptions,
  embeddingEndpoints,
  type EmbeddingResponse,
  type ListEndpoint,
  type PagePromise,
  type ProviderProfile,
  providerSettings,
  type ResponsePromise,
  sharedSettings,
  SINGLE_PAGE,
  type StreamOptions,
  telemetryProfile,
  validateWith,
  type WireChatRequest,
  type WireChunk,
  type WireCompletion,
  type WireError,
  wireText,
  type WithRequestId,
} from '@integrations/provider';
import * as v from 'valibot';

export type ChatRequest = WireChatRequest & { readonly model: string };
export type ChatCompletion = WireCompletion & { readonly id: string };
export type ChatStream = ChatCompletionStream<WireChunk, ChatCompletion>;
export interface EmbeddingRequest {
  readonly model: string;
  readonly input: string | readonly string[];
}
export interface Model {
  readonly name: string;
  readonly context: number;
}
interface Catalog {
  readonly models: Model[];
}

/** `{ "fault": { "reason": "no_credit", "text": "…" } }` */
function readFault(body: unknown): WireError {
  const { fault } = (body ?? {}) as { fault?: { reason?: unknown; text?: unknown } };
  return { message: wireText(fault?.text), code: wireText(fault?.reason) };
}

const PROFILE: ProviderProfile = {
  name: 'larch',
  requestIdHeaders: ['larch-request'],
  toApiError: apiErrors({
    provider: 'larch',
    read: ({ body }) => readFault(body),
    classOfCode: new Map([
      ['no_credit', QuotaExhaustedError],
      ['busy', OverloadedError],
    ]),
  }),
  modelFamily: (model) => model,
  settle: 'actual',
  telemetry: telemetryProfile('larch'),
};

const DEFAULTS = { baseURL: 'https://api.larch.test', timeout: '30s' } as const;
const SETTINGS = providerSettings(sharedSettings({ prefix: 'LARCH', ...DEFAULTS }));

const chat = chatCompletionEndpoints<ChatRequest, ChatCompletion, WireChunk>({
  path: '/chat',
  validate: validateWith('larch chat.create', () =>
    v.object({ model: v.string(), messages: v.pipe(v.array(v.unknown()), v.minLength(1)) }),
  ),
});

const embeddings = embeddingEndpoints<EmbeddingRequest>({ provider: 'larch', path: '/vectors' });

const models: ListEndpoint<Model, Catalog> = {
  operation: 'models.list',
  method: 'GET',
  path: '/catalog',
  resultKey: 'models',
  items: ({ models: listed }) => listed,
  pages: SINGLE_PAGE,
};

/** A client for Larch. It reads `LARCH_API_KEY` and its kin where options are left out. */
export class LarchClient extends ApiClient {
  /** @throws ConfigurationError when there is no key, or an option cannot be right. */
  constructor(options: ClientOptions & { readonly apiKey?: ApiKey } = {}) {
    const defaults = { ...DEFAULTS, userAgent: 'larch-client', headers: {} };
    super(
      new ClientCore(SETTINGS.read(options).options, {
        profile: PROFILE,
        defaults,
        authenticate: (key) => ({ 'larch-key': key.expose() }),
      }),
    );
  }

  /** The answer to a conversation. */
  chat(
    request: ChatRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ChatCompletion>> {
    return this.core.caller.call(chat.create, { body: request }, options);
  }

  /** The answer to a conversation, as it is written. */
  chatStream(request: ChatRequest, options?: StreamOptions): ResponsePromise<ChatStream> {
    const dialect = { provider: 'larch', tokenLimit: 'max_tokens' };
    return this.core.caller.stream(
      chat.createStream,
      { body: { ...request, stream: true } },
      options,
      (reader): ChatStream => new ChatCompletionStream(reader, { dialect }),
    );
  }

  /** Texts as vectors. */
  embed(
    request: EmbeddingRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<EmbeddingResponse>> {
    return this.core.caller.call(embeddings.arrays, { body: request }, options);
  }

  /** What the key may use. */
  models(options?: CallOptions): PagePromise<Model, WithRequestId<Catalog>> {
    return this.core.caller.list(models, {}, options);
  }
}
