import {
  type CallOptions,
  type Caller,
  type JsonEndpoint,
  type ListEndpoint,
  type PagePromise,
  type ResponsePromise,
  SINGLE_PAGE,
  type WithRequestId,
} from '@integrations/provider';
import type { Prompt } from '../prompt.ts';
import type { PromptFieldsQuery } from '../prompt-request.ts';
import { validatePromptVersion, validatePromptVersionUpdate } from '../prompt-schema.ts';
import type {
  PromptVersion,
  PromptVersionCreated,
  PromptVersionCreateRequest,
  PromptVersionList,
  PromptVersionUpdateRequest,
} from './prompt-version.ts';

const ALL = '/v2/prompts/{prompt_id}/versions';
const ONE = `${ALL}/{version}`;

const list: ListEndpoint<PromptVersion, PromptVersionList> = {
  operation: 'prompts.versions.list',
  method: 'GET',
  path: ALL,
  pages: SINGLE_PAGE,
};

const create: JsonEndpoint<PromptVersionCreateRequest, PromptVersionCreated> = {
  operation: 'prompts.versions.create',
  method: 'POST',
  path: ALL,
  resultKey: 'version',
  validate: validatePromptVersion,
};

const get: JsonEndpoint<undefined, Prompt> = {
  operation: 'prompts.versions.get',
  method: 'GET',
  path: ONE,
};

const update: JsonEndpoint<PromptVersionUpdateRequest, Prompt> = {
  operation: 'prompts.versions.update',
  method: 'PATCH',
  path: ONE,
  resultKey: 'version',
  validate: validatePromptVersionUpdate,
};

/** The parts of a path that name a version; what is no number is refused as an empty one. */
function place(promptId: string, version: number): { prompt_id: string; version: string } {
  return { prompt_id: promptId, version: Number.isInteger(version) ? String(version) : '' };
}

/** `/v2/prompts/{prompt_id}/versions`. */
export class PromptVersions {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** All versions of a prompt. `GET /v2/prompts/{prompt_id}/versions` @throws NotFoundError */
  list(
    promptId: string,
    options?: CallOptions,
  ): PagePromise<PromptVersion, WithRequestId<PromptVersionList>> {
    return this.#caller.list(list, { params: { prompt_id: promptId } }, options);
  }

  /** Gives a prompt another text. `POST /v2/prompts/{prompt_id}/versions` @throws NotFoundError */
  create(
    promptId: string,
    request: PromptVersionCreateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<PromptVersionCreated>> {
    return this.#caller.call(create, { params: { prompt_id: promptId }, body: request }, options);
  }

  /** A prompt in one of its versions, counted from 1. `GET /v2/prompts/{prompt_id}/versions/{version}` @throws NotFoundError */
  get(
    promptId: string,
    version: number,
    query?: PromptFieldsQuery | null,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Prompt>> {
    const params = place(promptId, version);
    return this.#caller.call(get, { params, query: { ...query } }, options);
  }

  /** Changes the notes on a version, and its names. `PATCH /v2/prompts/{prompt_id}/versions/{version}` @throws NotFoundError */
  update(
    promptId: string,
    version: number,
    request: PromptVersionUpdateRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<Prompt>> {
    return this.#caller.call(update, { params: place(promptId, version), body: request }, options);
  }
}
