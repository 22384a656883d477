/** A text with places for variables. */
export interface PromptDefinition {
  content: string;
  /** What the text has places for. */
  variables?: { name?: string }[];
}

/** Who may use a prompt. */
export type PromptSharingScope = 'private' | 'workspace' | 'sharing_scope_unspecified';

/** A prompt that the API keeps, in one of its versions. Times are RFC 3339. */
export interface Prompt {
  id?: string;
  name?: string;
  /** In this version. */
  definition?: PromptDefinition;
  version?: number;
  /** On this version. */
  notes?: string;
  /** Names of this version. */
  aliases?: string[];
  sharingScope?: PromptSharingScope;
  createdAt?: string;
  updatedAt?: string;
  versionCreatedAt?: string;
  createdBy?: string;
  latestVersion?: number;
  /** To be shown in place of the name. */
  title?: string;
  description?: string;
}

/** A page of prompts, as the API sends it. */
export interface PromptPage {
  data?: Prompt[];
  /** What the next page is asked for with; empty or absent where there is none. */
  nextPageToken?: string;
}

/** A prompt was deleted. */
export type PromptDeleted = Record<string, unknown>;
