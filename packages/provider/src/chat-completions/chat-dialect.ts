/** What is special about a provider's chat completions, as data. */
export interface ChatDialect {
  /** The provider's name, for errors. */
  readonly provider: string;
  /** The member of a request that limits the tokens of an answer. */
  readonly tokenLimit: string;
  /** What messages have where a stream brought nothing else: `{ refusal: null }`. @default nothing */
  readonly emptyMessage?: object;
  /** What choices have where a stream brought nothing else: `{ logprobs: null }`. @default nothing */
  readonly emptyChoice?: object;
  /** What tool calls have where a stream brought nothing else: `{ id: 'null' }`. @default nothing */
  readonly emptyToolCall?: object;
}
