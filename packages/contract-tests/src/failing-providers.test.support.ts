import { createMistralClient } from '@integrations/mistral';
import { createOpenAIClient } from '@integrations/openai';
import type { CallOptions, ClientOptions, StreamOptions } from '@integrations/provider';
import type { ProviderName } from '@integrations/simulator';
import type { Marked } from './marked.test.support.ts';

/** Options that the clients of all providers take. */
export type FailingOptions = ClientOptions & { readonly baseURL?: string | undefined };

/** A request for a chat, as every provider takes it. */
export interface FailingRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: 'user'; readonly content: string }[];
  readonly [other: string]: unknown;
}

interface FailingStream {
  finalCompletion(): Promise<unknown>;
}

/** What calls are made with, whichever provider's it is. */
export interface FailingClient extends AsyncDisposable {
  readonly chat: {
    create(request: FailingRequest, options?: CallOptions): Promise<unknown>;
    createStream(request: FailingRequest, options?: StreamOptions): Promise<FailingStream>;
  };
  readonly embeddings: {
    create(request: { readonly model: string; readonly input: string }): Promise<unknown>;
  };
  readonly models: { list(): Promise<unknown> };
}

/** A provider whose client is made to fail. */
export interface FailingProvider {
  readonly name: ProviderName;
  readonly model: string;
  readonly embeddingModel: string;
  /** Whether requests name an organization and a project. */
  readonly hasAccounts: boolean;
  readonly create: (marked: Marked, options: FailingOptions) => FailingClient;
  /** Makes a client with nothing but the environment. */
  readonly createUnconfigured: () => unknown;
  /** Variables that hold secrets, and of which some are wrong. */
  readonly wrongEnvironment: (marked: Marked) => Readonly<Record<string, string>>;
}

function wrongEnvironment(prefix: string, { key }: Marked): Readonly<Record<string, string>> {
  return {
    [`${prefix}_API_KEY`]: key,
    [`${prefix}_BASE_URL`]: `https://user:${key}@host.invalid:port`,
    [`${prefix}_LOG_LEVEL`]: 'loud',
  };
}

const OPENAI: FailingProvider = {
  name: 'openai',
  model: 'gpt-4o-mini',
  embeddingModel: 'text-embedding-3-small',
  hasAccounts: true,
  create: ({ key: apiKey, organization, project }, options) =>
    createOpenAIClient({ apiKey, organization, project, ...options }),
  createUnconfigured: () => createOpenAIClient(),
  wrongEnvironment: (marked) => ({
    ...wrongEnvironment('OPENAI', marked),
    OPENAI_ORG_ID: marked.organization,
    OPENAI_PROJECT_ID: marked.project,
    OPENAI_TIMEOUT: 'soon',
  }),
};

const MISTRAL: FailingProvider = {
  name: 'mistral',
  model: 'mistral-small-latest',
  embeddingModel: 'mistral-embed',
  hasAccounts: false,
  create: ({ key: apiKey }, options) => createMistralClient({ apiKey, ...options }),
  createUnconfigured: () => createMistralClient(),
  wrongEnvironment: (marked) => ({
    ...wrongEnvironment('MISTRAL', marked),
    MISTRAL_TIMEOUT_SECS: 'soon',
  }),
};

/** Every provider there is a client for. */
export const FAILING_PROVIDERS: Readonly<Record<ProviderName, FailingProvider>> = {
  openai: OPENAI,
  mistral: MISTRAL,
};
