import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ListEndpoint,
  PagePromise,
  PageStyle,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import type { Prompt, PromptDeleted, PromptPage } from './prompt.ts';
import type {
  PromptCreateRequest,
  PromptQuery,
  PromptUpdateRequest,
  PromptVersionQuery,
} from './prompt-request.ts';
import { validatePrompt } from './prompt-schema.ts';
import { PromptVersions } from './versions/prompt-versions.ts';

const ALL = '/v2/prompts';
const ONE = `${ALL}/{prompt_id}`;

/** This part of the API has its own spelling of tokens. */
const BY_TOKEN: PageStyle = {
  next: ({ envelope: { nextPageToken: token } }) =>
    typeof token === 'string' && token !== '' ? { pageToken: token } : undefined,
};

const list: ListEndpoint<Prompt, PromptPage> = {
  operation: 'prompts.list',
  method: 'GET',
  path: ALL,
  pages: BY_TOKEN,
};

const create: JsonEndpoint<PromptCreateRequest, Prompt> = {
  operation: 'prompts.create',
  method: 'POST',
  path: ALL,
  resultKey: 'id',
  validate: validatePrompt,
};

const get: JsonEndpoint<undefined, Prompt> = {
  operation: 'prompts.get',
  method: 'GET',
  path: ONE,
};

const update: JsonEndpoint<PromptUpdateRequest, Prompt> = {
  operation: 'prompts.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'id',
};

const remove: JsonEndpoint<undefined, PromptDeleted> = {
  operation: 'prompts.delete',
  method: 'DELETE',
  path: ONE,
};

/** `/v2/prompts`. */
export class Prompts {
  /** `/v2/prompts/{prompt_id}/versions`: the texts that a prompt has had. */
  readonly versions: PromptVersions;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.versions = new PromptVersions(caller);
    this.#caller = caller;
  }

  /** All prompts, newest first. `GET /v2/prompts` */
  list(
    query?: PromptQuery | null,
    options?: CallOptions,
  ): PagePromise<Prompt, WithRequestId<PromptPage>> {
    return this.#caller.list(list, { query: { ...query } }, options);
  }

  /** Keeps a prompt, as version 1. `POST /v2/prompts` */
  create(
    request: PromptCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Prompt>> {
    return this.#caller.call(create, { body: request }, options);
  }

  /** A prompt in its latest version, or in another. `GET /v2/prompts/{prompt_id}` @throws NotFoundError */
  get(
    promptId: string,
    query?: PromptVersionQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Prompt>> {
    const params = { prompt_id: promptId };
    return this.#caller.call(get, { params, query: { ...query } }, options);
  }

  /** Changes what is shown of a prompt, and who may use it. `PATCH /v2/prompts/{prompt_id}` @throws NotFoundError */
  update(
    promptId: string,
    request: PromptUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Prompt>> {
    return this.#caller.call(update, { params: { prompt_id: promptId }, body: request }, options);
  }

  /** Deletes a prompt with all its versions. `DELETE /v2/prompts/{prompt_id}` @throws NotFoundError */
  delete(promptId: string, options?: CallOptions): ResponsePromise<WithRequestId<PromptDeleted>> {
    return this.#caller.call(remove, { params: { prompt_id: promptId } }, options);
  }
}
