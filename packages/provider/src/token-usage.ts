/** The tokens that a call used. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
