import { ApiClient } from '@integrations/provider';
import { Agents } from './agents/agents.ts';
import { Audio } from './audio/audio.ts';
import { Batch } from './batch/batch.ts';
import { Chat } from './chat/chat.ts';
import { Classifiers } from './classifiers/classifiers.ts';
import { type ClientBase, createCore } from './client-base.ts';
import { MistralClientBuilder } from './client-builder.ts';
import { Conversations } from './conversations/conversations.ts';
import { Embeddings } from './embeddings/embeddings.ts';
import { Files } from './files/files.ts';
import { Fim } from './fim/fim.ts';
import { FineTuning } from './fine-tuning/fine-tuning.ts';
import { Libraries } from './libraries/libraries.ts';
import { Models } from './models/models.ts';
import { Ocr } from './ocr/ocr.ts';
import { type MistralClientOptions, type MistralSettings, withConfig } from './options.ts';
import { Prompts } from './prompts/prompts.ts';

/**
 * A client for the Mistral API. It keeps connections open between calls: make one and
 * share it, and close it when the work is done.
 */
export class MistralClient extends ApiClient {
  readonly #settings: MistralSettings;
  #agents: Agents | undefined;
  #audio: Audio | undefined;
  #chat: Chat | undefined;
  #conversations: Conversations | undefined;
  #embeddings: Embeddings | undefined;
  #fim: Fim | undefined;
  #libraries: Libraries | undefined;
  #ocr: Ocr | undefined;
  #prompts: Prompts | undefined;
  #models: Models | undefined;
  #batch: Batch | undefined;
  #classifiers: Classifiers | undefined;
  #files: Files | undefined;
  #fineTuning: FineTuning | undefined;

  /**
   * @param base what a derived client is made on.
   * @throws ConfigurationError when there is no key, or an option cannot be right.
   */
  constructor(options: MistralClientOptions = {}, base: ClientBase = {}) {
    const settings = withConfig(options);
    super(createCore(settings, base));
    this.#settings = settings;
  }

  /** Begins a client whose options are given one by one. */
  static builder(): MistralClientBuilder<MistralClient> {
    return new MistralClientBuilder((options) => new MistralClient(options));
  }

  /**
   * A client with some options changed; those that are undefined get their default
   * again. It shares what the changes leave the same: connections; breakers and places
   * in flight, where it calls the same server; learned limits, where it also uses the
   * same key. It works as long as this client is open. Close it if it has a transport
   * or a key of its own.
   *
   * @throws ConfigurationError when an option cannot be right.
   */
  withOptions(changes: MistralClientOptions): MistralClient {
    return new MistralClient({ ...this.#settings, ...changes }, { origin: this.core });
  }

  /** `/v1/agents`: models with instructions and tools of their own. */
  get agents(): Agents {
    this.#agents ??= new Agents(this.core.caller);
    return this.#agents;
  }

  /** `/v1/audio`: texts from speech, speech from texts, and voices. */
  get audio(): Audio {
    this.#audio ??= new Audio(this.core.caller);
    return this.#audio;
  }

  /** `/v1/conversations`: what is said with a model or an agent, kept by the API. */
  get conversations(): Conversations {
    this.#conversations ??= new Conversations(this.core.caller);
    return this.#conversations;
  }

  /** `/v1/libraries`: documents that models can search. */
  get libraries(): Libraries {
    this.#libraries ??= new Libraries(this.core.caller);
    return this.#libraries;
  }

  /** `/v1/ocr`: the texts of documents and images. */
  get ocr(): Ocr {
    this.#ocr ??= new Ocr(this.core.caller);
    return this.#ocr;
  }

  /** `/v2/prompts`: texts for models, kept in versions. */
  get prompts(): Prompts {
    this.#prompts ??= new Prompts(this.core.caller);
    return this.#prompts;
  }

  /** `/v1/chat/completions`: answers to conversations. */
  get chat(): Chat {
    this.#chat ??= new Chat(this.core.caller);
    return this.#chat;
  }

  /** `/v1/embeddings`: texts as vectors. */
  get embeddings(): Embeddings {
    this.#embeddings ??= new Embeddings(this.core.caller);
    return this.#embeddings;
  }

  /** `/v1/fim/completions`: code that fills a gap. */
  get fim(): Fim {
    this.#fim ??= new Fim(this.core.caller);
    return this.#fim;
  }

  /** `/v1/models`: what the key may use. */
  get models(): Models {
    this.#models ??= new Models(this.core.caller);
    return this.#models;
  }

  /** `/v1/batch/jobs`: requests that are answered as time allows, for less. */
  get batch(): Batch {
    this.#batch ??= new Batch(this.core.caller, () => this.files);
    return this.#batch;
  }

  /** `/v1/moderations` and `/v1/classifications`: what models make of texts and conversations. */
  get classifiers(): Classifiers {
    this.#classifiers ??= new Classifiers(this.core.caller);
    return this.#classifiers;
  }

  /** `/v1/files`: what the API keeps. */
  get files(): Files {
    this.#files ??= new Files(this.core.caller);
    return this.#files;
  }

  /** `/v1/fine_tuning/jobs`, which Mistral has switched off; other servers may still have them. */
  get fineTuning(): FineTuning {
    this.#fineTuning ??= new FineTuning(this.core.caller);
    return this.#fineTuning;
  }
}

/**
 * Makes a client for the Mistral API.
 *
 * @throws ConfigurationError when there is no key, or an option cannot be right.
 */
export function createMistralClient(options: MistralClientOptions = {}): MistralClient {
  return new MistralClient(options);
}
