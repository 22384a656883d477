import { ApiClient } from '@integrations/provider';
import { systemClock } from '@integrations/types';
import { Audio } from './audio/audio.ts';
import { Batches } from './batches/batches.ts';
import { Beta } from './beta/beta.ts';
import { Chat } from './chat/chat.ts';
import { type ClientBase, createCore } from './client-base.ts';
import { Completions } from './completions/completions.ts';
import { Containers } from './containers/containers.ts';
import { Conversations } from './conversations/conversations.ts';
import { Embeddings } from './embeddings/embeddings.ts';
import { Files } from './files/files.ts';
import { FineTuning } from './fine-tuning/fine-tuning.ts';
import { Images } from './images/images.ts';
import { Models } from './models/models.ts';
import { Moderations } from './moderations/moderations.ts';
import { type OpenAIClientOptions, type OpenAISettings, withConfig } from './options.ts';
import { Responses } from './responses/responses.ts';
import { Realtime } from './realtime/realtime.ts';
import { Uploads } from './uploads/uploads.ts';
import { VectorStores } from './vector-stores/vector-stores.ts';
import { type WebhookDefaults, Webhooks } from './webhooks/webhooks.ts';

/**
 * A client for the OpenAI API. It keeps connections open between calls: make one
 * and share it, and close it when the work is done.
 */
export class OpenAIClient extends ApiClient {
  readonly #settings: OpenAISettings;
  #audio: Audio | undefined;
  #batches: Batches | undefined;
  #beta: Beta | undefined;
  #chat: Chat | undefined;
  #completions: Completions | undefined;
  #containers: Containers | undefined;
  #conversations: Conversations | undefined;
  #embeddings: Embeddings | undefined;
  #files: Files | undefined;
  #fineTuning: FineTuning | undefined;
  #images: Images | undefined;
  #models: Models | undefined;
  #responses: Responses | undefined;
  #moderations: Moderations | undefined;
  #realtime: Realtime | undefined;
  #uploads: Uploads | undefined;
  #vectorStores: VectorStores | undefined;
  #webhooks: Webhooks | undefined;
  readonly #webhookDefaults: WebhookDefaults;

  /**
   * @param base what a derived client, or one of another host, is made on.
   * @throws ConfigurationError when there is no key, or an option cannot be right.
   */
  constructor(options: OpenAIClientOptions = {}, base: ClientBase = {}) {
    const settings = withConfig(options);
    super(createCore(settings, base));
    this.#settings = settings;
    const { webhookSecret, clock = systemClock } = settings;
    this.#webhookDefaults = { secret: webhookSecret, clock };
  }

  /**
   * A client with some options changed; those that are undefined get their default
   * again. It shares what the changes leave the same: connections; breakers and places
   * in flight, where it calls the same server; learned limits, where it also uses the
   * same key, organization and project. It works as long as this client is open. Close
   * it if it has a transport or a key of its own.
   *
   * @throws ConfigurationError when an option cannot be right.
   */
  withOptions(changes: OpenAIClientOptions): OpenAIClient {
    return new OpenAIClient({ ...this.#settings, ...changes }, { origin: this.core });
  }

  /** `/audio`: texts from speech, and speech from texts. */
  get audio(): Audio {
    this.#audio ??= new Audio(this.core.caller);
    return this.#audio;
  }

  /** `/batches`: requests that are answered within a day, for less. */
  get batches(): Batches {
    this.#batches ??= new Batches(this.core.caller, () => this.files);
    return this.#batches;
  }

  /** Assistants and threads, which OpenAI has switched off; other servers may still have them. */
  get beta(): Beta {
    this.#beta ??= new Beta(this.core.caller);
    return this.#beta;
  }

  /** `/chat`: answers to conversations. */
  get chat(): Chat {
    this.#chat ??= new Chat(this.core.caller);
    return this.#chat;
  }

  /** `/completions`: texts that follow on a prompt, the API's older form. */
  get completions(): Completions {
    this.#completions ??= new Completions(this.core.caller);
    return this.#completions;
  }

  /** `/containers`: places where models run code. */
  get containers(): Containers {
    this.#containers ??= new Containers(this.core.caller);
    return this.#containers;
  }

  /** `/conversations`: what responses read and add to. */
  get conversations(): Conversations {
    this.#conversations ??= new Conversations(this.core.caller);
    return this.#conversations;
  }

  /** `/embeddings`: texts as vectors. */
  get embeddings(): Embeddings {
    this.#embeddings ??= new Embeddings(this.core.caller);
    return this.#embeddings;
  }

  /** `/files`: what the API keeps. */
  get files(): Files {
    this.#files ??= new Files(this.core.caller);
    return this.#files;
  }

  /** `/fine_tuning`: models trained on examples. */
  get fineTuning(): FineTuning {
    this.#fineTuning ??= new FineTuning(this.core.caller);
    return this.#fineTuning;
  }

  /** `/images`: images from texts and from other images. */
  get images(): Images {
    this.#images ??= new Images(this.core.caller);
    return this.#images;
  }

  /** `/models`: what the key may use. */
  get models(): Models {
    this.#models ??= new Models(this.core.caller);
    return this.#models;
  }

  /** `/moderations`: whether content may be harmful. */
  get moderations(): Moderations {
    this.#moderations ??= new Moderations(this.core.caller);
    return this.#moderations;
  }

  /** `/realtime`: keys for devices that talk with a model. */
  get realtime(): Realtime {
    this.#realtime ??= new Realtime(this.core.caller);
    return this.#realtime;
  }

  /** `/uploads`: large files, in parts. */
  get uploads(): Uploads {
    this.#uploads ??= new Uploads(this.core.caller);
    return this.#uploads;
  }

  /** `/vector_stores`: files that can be searched by meaning. */
  get vectorStores(): VectorStores {
    this.#vectorStores ??= new VectorStores(this.core.caller, () => this.files);
    return this.#vectorStores;
  }

  /** `/webhook_endpoints`: where events are sent, and whether what came is genuine. */
  get webhooks(): Webhooks {
    this.#webhooks ??= new Webhooks(this.core.caller, this.#webhookDefaults);
    return this.#webhooks;
  }

  /** `/responses`: what models make of texts, images and files, with tools. */
  get responses(): Responses {
    this.#responses ??= new Responses(this.core.caller);
    return this.#responses;
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
