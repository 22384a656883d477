import type {
  BinaryEndpoint,
  BinaryResponse,
  CallOptions,
  Caller,
  JsonEndpoint,
  ListEndpoint,
  PagePromise,
  PageStyle,
  ResponsePromise,
  StreamOptions,
  WithRequestId,
} from '@integrations/provider';
import type { Voice, VoicePage } from './voice.ts';
import type { VoiceCreateRequest, VoiceQuery, VoiceUpdateRequest } from './voice-request.ts';
import { validateVoice, validateVoiceUpdate } from './voice-schema.ts';

const ALL = '/v1/audio/voices';
const ONE = `${ALL}/{voice_id}`;

/** `offset` counts voices, until `total` have come. */
const BY_OFFSET: PageStyle = {
  next: ({ envelope, items, query }) => {
    const seen = Number(query['offset'] ?? 0) + items.length;
    return items.length > 0 && seen < Number(envelope['total']) ? { offset: seen } : undefined;
  },
};

const create: JsonEndpoint<VoiceCreateRequest, Voice> = {
  operation: 'audio.voices.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validateVoice,
};

const list: ListEndpoint<Voice, VoicePage> = {
  operation: 'audio.voices.list',
  method: 'GET',
  path: ALL,
  resultKey: 'items',
  items: ({ items }) => items,
  pages: BY_OFFSET,
};

const get: JsonEndpoint<undefined, Voice> = {
  operation: 'audio.voices.get',
  method: 'GET',
  path: ONE,
  resultKey: 'id',
};

const update: JsonEndpoint<VoiceUpdateRequest, Voice> = {
  operation: 'audio.voices.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'id',
  validate: validateVoiceUpdate,
};

const remove: JsonEndpoint<undefined, Voice> = {
  operation: 'audio.voices.delete',
  method: 'DELETE',
  path: ONE,
  resultKey: 'id',
};

const sample: BinaryEndpoint<undefined> = {
  operation: 'audio.voices.sample',
  method: 'GET',
  path: `${ONE}/sample`,
  accept: 'audio/wav',
  expects: { name: 'audio', type: /^\s*(?:audio\/|application\/octet-stream\b)/i },
};

/** `/v1/audio/voices`. */
export class Voices {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Makes a voice of a sample of it. `POST /v1/audio/voices` */
  create(
    request: VoiceCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Voice>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** All voices, one's own and those that the API brings. `GET /v1/audio/voices` */
  list(
    query?: VoiceQuery | null,
    options?: CallOptions,
  ): PagePromise<Voice, WithRequestId<VoicePage>> {
    return this.#caller.list(list, { query: { ...query } }, options);
  }

  /** What is known of a voice. `GET /v1/audio/voices/{voice_id}` @throws NotFoundError */
  get(voiceId: string, options?: CallOptions): ResponsePromise<WithRequestId<Voice>> {
    return this.#caller.call(get, { params: { voice_id: voiceId } }, options);
  }

  /** Changes what is said of a voice. `PATCH /v1/audio/voices/{voice_id}` @throws NotFoundError */
  update(
    voiceId: string,
    request: VoiceUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Voice>> {
    return this.#caller.call(update, { params: { voice_id: voiceId }, body: request }, options);
  }

  /** Deletes a voice of one's own; the answer is what it was. `DELETE /v1/audio/voices/{voice_id}` @throws NotFoundError */
  delete(voiceId: string, options?: CallOptions): ResponsePromise<WithRequestId<Voice>> {
    return this.#caller.call(remove, { params: { voice_id: voiceId } }, options);
  }

  /** The sound of a voice, as a whole or as it comes. `GET /v1/audio/voices/{voice_id}/sample` @throws NotFoundError */
  sample(voiceId: string, options?: StreamOptions): ResponsePromise<BinaryResponse> {
    return this.#caller.binary(sample, { params: { voice_id: voiceId } }, options);
  }
}
