import {
  type Caller,
  createCaller,
  createKeySource,
  createProtections,
  type KeySource,
  type ProviderProfile,
  resolveClientOptions,
  Telemetry,
} from '@integrations/provider';
import { UndiciTransport } from '@integrations/transport';
import { type Headers, type HttpTransport, SecretString } from '@integrations/types';
import { toApiError } from './api-error.ts';
import { Chat } from './chat/chat.ts';
import { Embeddings } from './embeddings/embeddings.ts';
import { Models } from './models/models.ts';
import { type OpenAIClientOptions, withEnvironment } from './options.ts';

const PROFILE: ProviderProfile = {
  name: 'openai',
  requestIdHeaders: ['x-request-id'],
  toApiError,
  modelFamily: withoutDate,
  // The API counts what was asked for, `max_completion_tokens` included, used or not.
  settle: 'neverBelowReserved',
};

/** `gpt-4o-2024-08-06` shares the limits of `gpt-4o`. */
function withoutDate(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

function bearer(key: SecretString): Headers {
  return { authorization: `Bearer ${key.expose()}` };
}

function authenticateWith(source: KeySource): () => Headers | Promise<Headers> {
  return () => {
    const key = source();
    return key instanceof SecretString ? bearer(key) : key.then(bearer);
  };
}

/**
 * A client for the OpenAI API. It keeps connections open between calls: make one
 * and share it, and close it when the work is done.
 */
export class OpenAIClient implements AsyncDisposable {
  readonly #caller: Caller;
  readonly #ownTransport: HttpTransport | undefined;
  #chat: Chat | undefined;
  #embeddings: Embeddings | undefined;
  #models: Models | undefined;

  /** @throws ConfigurationError when there is no key, or an option cannot be right. */
  constructor(options: OpenAIClientOptions = {}) {
    const settings = withEnvironment(options);
    const resolved = resolveClientOptions(settings, {
      baseURL: settings.baseURL,
      timeout: settings.timeout,
      userAgent: 'integrations-openai',
      headers: {
        'openai-organization': settings.organization,
        'openai-project': settings.project,
      },
    });
    const telemetry = new Telemetry(PROFILE.name, resolved.sinks);
    this.#ownTransport = options.transport === undefined ? new UndiciTransport() : undefined;
    this.#caller = createCaller({
      profile: PROFILE,
      defaults: resolved.defaults,
      authenticate: authenticateWith(createKeySource(settings.apiKey)),
      transport: options.transport ?? (this.#ownTransport as HttpTransport),
      protections: createProtections({
        settings,
        timeoutMs: resolved.timeoutMs,
        totalTimeoutMs: resolved.totalTimeoutMs,
        clock: resolved.sinks.clock,
        logger: resolved.sinks.logger,
        modelFamily: PROFILE.modelFamily,
        settle: PROFILE.settle,
        onBreakerChange: (endpoint, { from, to }) => telemetry.breakerChanged(endpoint, from, to),
      }),
      telemetry,
      clock: resolved.sinks.clock,
      streamIdleTimeoutMs: resolved.streamIdleTimeoutMs,
    });
    resolved.sinks.logger.info('Client initialized', { provider: PROFILE.name });
  }

  /** `/chat`: answers to conversations. */
  get chat(): Chat {
    this.#chat ??= new Chat(this.#caller);
    return this.#chat;
  }

  /** `/embeddings`: texts as vectors. */
  get embeddings(): Embeddings {
    this.#embeddings ??= new Embeddings(this.#caller);
    return this.#embeddings;
  }

  /** `/models`: what the key may use. */
  get models(): Models {
    this.#models ??= new Models(this.#caller);
    return this.#models;
  }

  /** Closes idle connections and waits for those in use. A transport that was passed in stays open. */
  async close(): Promise<void> {
    await this.#ownTransport?.close?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/**
 * Makes a client for the OpenAI API.
 *
 * @throws ConfigurationError when there is no key, or an option cannot be right.
 */
export function createOpenAIClient(options: OpenAIClientOptions = {}): OpenAIClient {
  return new OpenAIClient(options);
}
