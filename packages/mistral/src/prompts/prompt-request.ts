import type { PromptDefinition, PromptSharingScope } from './prompt.ts';

/** A text with places for variables. */
export interface PromptDefinitionRequest {
  readonly content: PromptDefinition['content'];
  readonly variables?: readonly { readonly name: string }[] | undefined;
}

/** A prompt to keep. */
export interface PromptCreateRequest {
  /** Stays what it is. */
  readonly name: string;
  readonly definition: PromptDefinitionRequest;
  /** To be shown in place of the name. */
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** On the first version. */
  readonly notes?: string | null | undefined;
  readonly sharingScope?: PromptSharingScope | null | undefined;
  /** Names of the first version. */
  readonly aliases?: readonly string[] | undefined;
}

/** What is to change of a prompt; its text changes by a new version. */
export interface PromptUpdateRequest {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly sharingScope?: PromptSharingScope | null | undefined;
}

/** Which members of a prompt to send. */
export interface PromptFieldsQuery {
  /** @default all, by the API */
  readonly fields?: readonly string[] | undefined;
}

/** Which version of a prompt. */
export interface PromptVersionQuery extends PromptFieldsQuery {
  /** @default the latest, by the API */
  readonly version?: number | undefined;
  /** A name of the version, in place of its number. */
  readonly alias?: string | undefined;
}

/** Which prompts to list. */
export interface PromptQuery extends PromptFieldsQuery {
  /** How many on a page. */
  readonly pageSize?: number | undefined;
  /** Of a page that came before: its `nextPageToken`. */
  readonly pageToken?: string | undefined;
  /** Only those with a version of this name. */
  readonly alias?: string | undefined;
  /** @default 'created_at', by the API */
  readonly sort_by?: 'created_at' | 'last_modified_at' | 'name' | 'title' | undefined;
  /** @default 'desc' for times and 'asc' for texts, by the API */
  readonly sort_direction?: 'asc' | 'desc' | undefined;
}
