import type { PromptDefinition } from '../prompt.ts';
import type { PromptDefinitionRequest } from '../prompt-request.ts';

/** A version of a prompt. */
export interface PromptVersion {
  version?: number;
  definition?: PromptDefinition;
  notes?: string;
  /** Names of this version. */
  aliases?: string[];
  /** RFC 3339. */
  createdAt?: string;
}

/** All versions of a prompt. */
export interface PromptVersionList {
  data?: PromptVersion[];
}

/** Another text for a prompt. */
export interface PromptVersionCreateRequest {
  readonly definition: PromptDefinitionRequest;
  readonly notes?: string | null | undefined;
  /** Names of this version; other versions lose them. */
  readonly aliases?: readonly string[] | undefined;
}

/** A version was made, or was there already. */
export interface PromptVersionCreated {
  version?: number;
  /** Whether the text was that of the latest version, so that there is no new one. */
  deduplicated?: boolean;
}

/** What is to change of a version; its text stays. */
export interface PromptVersionUpdateRequest {
  readonly notes?: string | null | undefined;
  /** All names that the version is to have; other versions lose them. */
  readonly aliases?: { readonly values: readonly string[] } | undefined;
}
