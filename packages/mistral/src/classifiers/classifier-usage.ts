/** The tokens that a judgement has cost, where the API tells. */
export interface ClassifierUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
}
