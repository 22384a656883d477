const REDACTED = '[REDACTED]';

/**
 * Shapes that secrets are known by. Ordinary words must stay readable, so most
 * shapes ask for something that words don't have: a digit, a capital, a mask. Each
 * runs in linear time: what may repeat is bounded, or begins where no other match
 * can have begun.
 */
const SECRET_SHAPES: readonly (readonly [shape: RegExp, replacement: string])[] = [
  // A header's line, or its entry in an object that was printed.
  [
    /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token)\s+)?)[^\s"',;]+/gi,
    `$1${REDACTED}`,
  ],
  [
    /\b(bearer\s+)(?!realm=|(?:auth\w{0,12}|tokens?|scheme|realm|credentials?|headers?|keys?|is|was|and|or|of|in|for|must|not)(?![\w~+/=-]))[\w.~+/=-]{4,}/gi,
    `$1${REDACTED}`,
  ],
  [
    /\b([Bb]asic\s+)(?=[A-Za-z\d+/]{0,80}?(?:[\d=]|[a-z][A-Z]))[A-Za-z\d+/]{6,}={0,2}/g,
    `$1${REDACTED}`,
  ],
  // Keys by their prefix; the provider's own messages mask them with asterisks.
  [/\b(?:sk|rk|ek|whsec|sess|llx)[-_](?=[\w*-]{0,40}?[\dA-Z*])[\w*-]{8,}/g, REDACTED],
  [/\b(?:sk|rk|ek|whsec|sess|llx)[-_](?:[a-z]{1,12}[-_])?[a-z]{24,}/g, REDACTED],
  // A JSON web token.
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, REDACTED],
  // Account ids in a provider's messages.
  [/\b(org-|proj_)[A-Za-z\d]{16,}/g, `$1${REDACTED}`],
  // Credentials in an address.
  [/(\/\/)[^\s/?#"'<>]+@/g, `$1${REDACTED}@`],
  // Members of JSON text, and of an object that was printed. A bare `token` is a model's word.
  [
    /((?:api[-_]?key|(?:access|refresh|auth|session)[-_]?token|secret|password|passphrase)["']\s*:\s*(["']))(?:\\[^]|(?!\2)[^\\])+/gi,
    `$1${REDACTED}`,
  ],
  // Query parameters and settings. A small number of tokens is no secret.
  [
    /((?:api[-_]?key|token|secret|password|passphrase)\s*=\s*["']?)(?!(?<=token\s?=\s?)\d{1,7}(?![\w.-]))[^\s&"',;]+/gi,
    `$1${REDACTED}`,
  ],
  // `x-api-key: abc123`; prose goes on with a word.
  [/(api[-_ ]?key["']?\s*:\s*["']?)(?=[^\s"',;]{0,40}?\d)[^\s"',;]+/gi, `$1${REDACTED}`],
];

/** Replaces everything in a text that looks like a secret by `[REDACTED]`. */
export function redactText(text: string): string {
  let redacted = text;
  for (const [shape, replacement] of SECRET_SHAPES) redacted = redacted.replace(shape, replacement);
  return redacted;
}
