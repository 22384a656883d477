import type { Transcript } from '../../audio/transcript.ts';
import { countTokens } from '../../tokens.ts';

/** Ten tokens for a second of audio, and those of the text. */
export function usageOf({ text, seconds }: Transcript): {
  readonly type: 'tokens';
  readonly input_tokens: number;
  readonly input_token_details: { readonly text_tokens: number; readonly audio_tokens: number };
  readonly output_tokens: number;
  readonly total_tokens: number;
} {
  const input = Math.ceil(seconds * 10);
  const output = countTokens(text);
  return {
    type: 'tokens',
    input_tokens: input,
    input_token_details: { text_tokens: 0, audio_tokens: input },
    output_tokens: output,
    total_tokens: input + output,
  };
}
