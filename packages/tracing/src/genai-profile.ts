import { wrongOption } from '@integrations/errors';
import type { GenAiProfile } from './genai-names.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const OPT_IN = 'gen_ai_latest_experimental';

/** Browsers have no environment. */
function ambientEnvironment(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

/**
 * The profile to use: the one given, else `latest` where the environment variable
 * `OTEL_SEMCONV_STABILITY_OPT_IN` lists `gen_ai_latest_experimental`, else `1.41`.
 *
 * @throws ConfigurationError when the profile is unknown.
 */
export function genAiProfile(
  profile?: GenAiProfile,
  environment: Environment = ambientEnvironment(),
): GenAiProfile {
  if (profile === '1.41' || profile === 'latest') return profile;
  if (profile !== undefined) throw wrongOption('profile', "'1.41' or 'latest'", profile);
  const optedIn = (environment['OTEL_SEMCONV_STABILITY_OPT_IN'] ?? '').split(',');
  return optedIn.some((entry) => entry.trim() === OPT_IN) ? 'latest' : '1.41';
}
