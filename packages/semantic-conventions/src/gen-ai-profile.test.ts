import { describe, expect, it } from 'vitest';
import { GEN_AI_PROFILES, genAiProfile } from './gen-ai-profile.ts';

describe('genAiProfile', () => {
  it.each([
    [{}, '1.41'],
    [{ OTEL_SEMCONV_STABILITY_OPT_IN: undefined }, '1.41'],
    [{ OTEL_SEMCONV_STABILITY_OPT_IN: 'http' }, '1.41'],
    [{ OTEL_SEMCONV_STABILITY_OPT_IN: 'http, gen_ai_latest_experimental' }, 'latest'],
    [{ OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental_2' }, '1.41'],
  ])('of %o is %s', (environment, profile) => {
    expect(genAiProfile(environment)).toBe(profile);
    expect(GEN_AI_PROFILES).toContain(profile);
  });
});
