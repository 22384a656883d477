import type { ResponseModerationResult } from '../../responses/response-extras.ts';

/** How each of several texts was judged. */
export interface ChatModerationResults {
  type: 'moderation_results';
  model: string;
  results: Extract<ResponseModerationResult, { type: 'moderation_result' }>[];
}

/** Why nothing was judged. */
export type ChatModerationError = Extract<ResponseModerationResult, { type: 'error' }>;

/** How messages and answers were judged, where the request asked for it. */
export interface ChatModeration {
  input: ChatModerationResults | ChatModerationError;
  output: ChatModerationResults | ChatModerationError;
}
