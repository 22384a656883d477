/** What happens to content that is found harmful. */
export type GuardrailAction = 'none' | 'block';

/** How one model judges content. */
export interface GuardrailModeration {
  /** @default the newest that judges by these categories */
  readonly model_name?: string | undefined;
  /** From 0 to 1 by category: from where a score counts as harmful. @default the model's own */
  readonly custom_category_thresholds?: Readonly<Record<string, number | null>> | null | undefined;
  /** Whether only categories with a threshold count. @default false */
  readonly ignore_other_categories?: boolean | undefined;
  /** @default 'none' */
  readonly action?: GuardrailAction | undefined;
}

/** Judges what goes in and comes out. */
export interface Guardrail {
  /** Whether a request is refused that could not be judged. @default false */
  readonly block_on_error?: boolean | undefined;
  readonly moderation_llm_v1?: GuardrailModeration | null | undefined;
  readonly moderation_llm_v2?: GuardrailModeration | null | undefined;
}
