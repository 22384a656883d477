import { redact } from '@integrations/errors';

/** Whether a name such as `client.apiKey` or `OPENAI_API_KEY` tells that its value should not be shown. */
export function namesSecret(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  // Logs hide by the same rule: what they would hide, no message may show.
  const shown = redact(Object.fromEntries([[last, 'shown']])) as Record<string, unknown>;
  return shown[last] !== 'shown';
}
