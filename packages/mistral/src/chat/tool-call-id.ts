/** What the API takes as the id of a tool call. */
export const TOOL_CALL_ID: RegExp = /^[a-zA-Z0-9]{9}$/;

const LENGTH = 9;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Two rounds of multiplying and shifting, each on 32 bits, mixed at the end. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

/**
 * An id of a tool call that the API takes: nine letters or digits. One that it takes already
 * is kept; of any other, such as those of another provider, the same id always gives the
 * same. Map the `id` of each call and the `tool_call_id` of each result.
 */
export function toMistralToolCallId(id: string): string {
  if (TOOL_CALL_ID.test(id)) return id;
  let rest = hash53(id);
  let mapped = '';
  while (mapped.length < LENGTH) {
    mapped = `${DIGITS[rest % DIGITS.length]}${mapped}`;
    rest = Math.floor(rest / DIGITS.length);
  }
  return mapped;
}
