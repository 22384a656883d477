import { redactText } from '@integrations/errors';
import { GEN_AI_ATTRIBUTES, type GenAiProfile } from '@integrations/semantic-conventions';
import type { Attributes, JsonValue } from '@integrations/types';

/** What was said, in the form of the conventions: messages with a role and parts. */
export interface GenAiContent {
  readonly inputMessages?: JsonValue | undefined;
  readonly outputMessages?: JsonValue | undefined;
  readonly systemInstructions?: JsonValue | undefined;
  readonly toolDefinitions?: JsonValue | undefined;
}

/** How content is recorded. To give one is to opt in. */
export interface ContentCapture {
  /**
   * Changes each content before it is recorded, or keeps it out by giving undefined.
   * What it gives has its secrets taken out nevertheless.
   * @default recorded whole
   */
  readonly redact?: (content: JsonValue, kind: keyof GenAiContent) => JsonValue | undefined;
}

const KINDS = ['inputMessages', 'outputMessages', 'systemInstructions', 'toolDefinitions'] as const;

/**
 * The content of a call as attributes for its root span, each as JSON text. Prompts
 * and answers hold what people wrote: without a `capture`, nothing is recorded.
 *
 * @throws whatever `capture.redact` throws: content that could not be redacted is
 *   not recorded.
 */
export function genAiContentAttributes(
  content: GenAiContent,
  capture: ContentCapture | undefined,
  profile: GenAiProfile = '1.41',
): Attributes {
  if (capture === undefined) return {};
  const names = GEN_AI_ATTRIBUTES[profile];
  const { redact = (value) => value } = capture;
  const attributes: Record<string, string> = {};
  for (const kind of KINDS) {
    const value = content[kind];
    const recorded = value === undefined ? undefined : redact(value, kind);
    if (recorded !== undefined) attributes[names[kind]] = redactText(JSON.stringify(recorded));
  }
  return attributes;
}
