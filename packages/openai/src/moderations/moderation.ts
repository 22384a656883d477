/** What content may be flagged for. */
export type ModerationCategory =
  | 'harassment'
  | 'harassment/threatening'
  | 'hate'
  | 'hate/threatening'
  | 'illicit'
  | 'illicit/violent'
  | 'self-harm'
  | 'self-harm/instructions'
  | 'self-harm/intent'
  | 'sexual'
  | 'sexual/minors'
  | 'violence'
  | 'violence/graphic';

/** The categories that only text is judged by. */
type TextCategory =
  | 'harassment'
  | 'harassment/threatening'
  | 'hate'
  | 'hate/threatening'
  | 'illicit'
  | 'illicit/violent'
  | 'sexual/minors';

/** The categories that older models do not know. */
type NewerCategory = 'illicit' | 'illicit/violent';

/** Whether each category is flagged. */
export type ModerationFlags = Record<Exclude<ModerationCategory, NewerCategory>, boolean> &
  Record<NewerCategory, boolean | null>;

/** Which kinds of input each score is of. */
export type ModerationInputTypes = Record<TextCategory, 'text'[]> &
  Record<Exclude<ModerationCategory, TextCategory>, ('text' | 'image')[]>;

/** The judgement of one input. */
export interface Moderation {
  /** Whether any category is. */
  flagged: boolean;
  categories: ModerationFlags;
  /** From 0 to 1, the model's confidence. */
  category_scores: Record<ModerationCategory, number>;
  category_applied_input_types: ModerationInputTypes;
}

/** The judgements of all inputs, in their order. */
export interface ModerationResponse {
  id: string;
  model: string;
  results: Moderation[];
}
