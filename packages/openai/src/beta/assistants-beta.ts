import type { CallOptions } from '@integrations/provider';

/** Options with the header that the Assistants API asks for; the caller's own headers win. */
export function assistantsBeta<Options extends CallOptions>(
  options: Options | undefined,
): Options | CallOptions {
  return { ...options, headers: { 'openai-beta': 'assistants=v2', ...options?.headers } };
}
