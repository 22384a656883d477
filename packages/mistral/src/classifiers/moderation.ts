import type { ClassifierUsage } from './classifier-usage.ts';

/** What content may be flagged for; models may know other categories. */
export type ModerationCategory =
  | 'sexual'
  | 'hate_and_discrimination'
  | 'violence_and_threats'
  | 'dangerous_and_criminal_content'
  | 'selfharm'
  | 'health'
  | 'financial'
  | 'law'
  | 'pii'
  | (string & {});

/** The judgement of one input. */
export interface Moderation {
  /** Whether each category is flagged. */
  categories?: Record<ModerationCategory, boolean>;
  /** From 0 to 1, the model's confidence. */
  category_scores?: Record<ModerationCategory, number>;
}

/** The judgements of all inputs, in their order. */
export interface ModerationResponse {
  id: string;
  model: string;
  results: Moderation[];
  usage?: ClassifierUsage;
}
