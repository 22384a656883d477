import type { CompletionUsage } from '../chat/completions/completion-usage.ts';

/** Probabilities of a text's tokens, one member of each list for each token. */
export interface CompletionLogprobs {
  /** Where each token begins, in characters. */
  text_offset?: number[];
  token_logprobs?: number[];
  tokens?: string[];
  top_logprobs?: Record<string, number>[];
}

/** One of the texts that were asked for, or a piece of it. */
export interface CompletionChoice {
  index: number;
  text: string;
  logprobs: CompletionLogprobs | null;
  /** In a stream it is null until the last piece. */
  finish_reason: 'stop' | 'length' | 'content_filter';
}

/** The texts that follow on a prompt. Whole answers and the events of a stream have the same form. */
export interface Completion {
  id: string;
  object: 'text_completion';
  /** Seconds since 1970. */
  created: number;
  model: string;
  choices: CompletionChoice[];
  usage?: CompletionUsage;
  system_fingerprint?: string;
}
