/**
 * The version of the GenAI conventions. `1.41` is the last that the main OpenTelemetry
 * conventions held, and what backends read; `latest` is what their own repository
 * holds, which still changes.
 */
export type GenAiProfile = '1.41' | 'latest';

/** Every version that is known. */
export const GEN_AI_PROFILES: readonly GenAiProfile[] = ['1.41', 'latest'];

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const OPT_IN = 'gen_ai_latest_experimental';

/**
 * The profile that an environment asks for: `latest` where the variable
 * `OTEL_SEMCONV_STABILITY_OPT_IN` lists `gen_ai_latest_experimental`, else `1.41`.
 */
export function genAiProfile(environment: Environment): GenAiProfile {
  const optedIn = (environment['OTEL_SEMCONV_STABILITY_OPT_IN'] ?? '').split(',');
  return optedIn.some((entry) => entry.trim() === OPT_IN) ? 'latest' : '1.41';
}
