import { redactSecrets } from './secret-registry.ts';

const REDACTED = '[REDACTED]';

type SecretShape = readonly [shape: RegExp, replacement: string];

/** Shapes with something in common that most texts lack. */
interface ShapeFamily {
  /** Cheap to look for, and without it none of the shapes can match. */
  readonly mark: RegExp;
  readonly shapes: readonly SecretShape[];
}

/*
 * Shapes that secrets are known by. Ordinary words must stay readable, so most
 * shapes ask for something that words don't have: a digit, a capital, a mask. Each
 * runs in linear time: what may repeat is bounded, or begins where no other match
 * can have begun.
 */

const HEADER_SHAPES: readonly SecretShape[] = [
  // A header's line, or its entry in an object that was printed.
  [
    /\b((?:proxy-)?authorization\\{0,3}["']?\s*[:=]\s*\\{0,3}["']?(?:(?:bearer|basic|token)\s+)?)(?:(?!\\["'])[^\s"',;])+/gi,
    `$1${REDACTED}`,
  ],
  [/\b(cookie\s*:\s*)(?=[^\s=:"',]{1,80}=)[^\r\n"']+/gi, `$1${REDACTED}`],
  [
    /\b(openai-(?:organization|project)["']?\s*[:=]\s*["']?)(?:(?!\\["'])[^\s"',;])+/gi,
    `$1${REDACTED}`,
  ],
];

const SCHEME_SHAPES: readonly SecretShape[] = [
  [
    /\b(bearer\s+)(?!realm=|(?:auth\w{0,12}|tokens?|scheme|realm|credentials?|headers?|keys?|is|was|and|or|of|in|for|must|not)(?![\w~+/=-]))[\w.~+/=-]{4,}/gi,
    `$1${REDACTED}`,
  ],
  [
    /\b([Bb]asic\s+)(?=[A-Za-z\d+/]{0,80}?(?:[\d=]|[a-z][A-Z]))[A-Za-z\d+/]{6,}={0,2}/g,
    `$1${REDACTED}`,
  ],
];

const PREFIX_SHAPES: readonly SecretShape[] = [
  // The provider's own messages mask keys with asterisks.
  [/\b(?:sk|rk|ek|whsec|sess|llx)[-_](?=[\w*-]{0,40}?[\dA-Z*])[\w*-]{8,}/g, REDACTED],
  [/\b(?:sk|rk|ek|whsec|sess|llx)[-_](?:[a-z]{1,12}[-_])?[a-z]{24,}/g, REDACTED],
  // A JSON web token.
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, REDACTED],
  // Account ids in a provider's messages.
  [/\b(org-|proj_)[A-Za-z\d]{16,}/g, `$1${REDACTED}`],
];

const ADDRESS_SHAPES: readonly SecretShape[] = [[/(\/\/)[^\s/?#"'<>]+@/g, `$1${REDACTED}@`]];

const MEMBER_SHAPES: readonly SecretShape[] = [
  // Members of JSON text, and of an object that was printed. A bare `token` is a model's word.
  [
    /((?:(?:api|private)[-_]?key|(?:access|refresh|auth|session|bearer|(?<![a-z])id)[-_]?token|cookie|secret|password|passphrase|credential)s?\\{0,3}["']\s*:\s*(\\{0,3}["']))(?:(?!\2)(?:\\[^]|[^\\]))+/gi,
    `$1${REDACTED}`,
  ],
  // The same with a number, a list or an object for a value.
  [
    /((?:(?:api|private)[-_]?key|(?:access|refresh|auth|session|bearer|(?<![a-z])id)[-_]?token|cookie|secret|password|passphrase|credential)s?\\{0,3}["']\s*:\s*)(?!\[REDACTED\]|null\b|true\b|false\b|undefined\b)(?:[{[][^}\]]*[}\]]?|[^\s\\"',;{}[\]]+)/gi,
    `$1${REDACTED}`,
  ],
  [
    /(["'](?:openai[-_])?(?:organi[sz]ation|org|project)(?:[-_]?id)?\\{0,3}["']\s*:\s*(\\{0,3}["']))(?:(?!\2)(?:\\[^]|[^\\]))+/gi,
    `$1${REDACTED}`,
  ],
  // Query parameters and settings. A small number of tokens is no secret.
  [
    /((?:(?:api|private)[-_]?key|token|secret|password|passphrase)\s*=\s*["']?)(?!(?<=token\s?=\s?)\d{1,7}(?![\w.-]))[^\s&"',;]+/gi,
    `$1${REDACTED}`,
  ],
  // What is harmless as a word and a secret in a query: the signature of a signed address, say.
  [
    /([?&](?:key|sig|signature|credential|session|sid|jwt|auth|organi[sz]ation|project|x-(?:amz|goog)-(?:signature|credential))=)[^\s&"',;#]+/gi,
    `$1${REDACTED}`,
  ],
  // `x-api-key: abc123`; prose goes on with a word.
  [/(api[-_ ]?key["']?\s*:\s*["']?)(?=[^\s"',;]{0,40}?\d)[^\s"',;]+/gi, `$1${REDACTED}`],
];

const FAMILIES: readonly ShapeFamily[] = [
  { mark: /(?:authorization|cookie|openai-)/i, shapes: HEADER_SHAPES },
  { mark: /(?:bearer|basic)\s/i, shapes: SCHEME_SHAPES },
  { mark: /\b(?:[sre]k|whsec|sess|llx|org|proj)[-_]|eyJ/, shapes: PREFIX_SHAPES },
  { mark: /@/, shapes: ADDRESS_SHAPES },
  {
    mark: /key|token|cookie|secret|passw|passp|credential|organi|project|org|sig|session|sid|jwt|auth/i,
    shapes: MEMBER_SHAPES,
  },
];

/** Most texts of a log line have none of this, and one look is all they cost. */
const ANY_MARK = /[-_:=@]|eyJ|(?:earer|asic)\s/i;

/** No shape matches a shorter text without a mark of punctuation. */
const SHORTEST_SHAPE = 11;
const PUNCTUATION = /[:=@]/;

/**
 * Replaces every registered secret in a text, and everything that looks like a
 * secret, by `[REDACTED]`.
 */
export function redactText(text: string): string {
  let redacted = redactSecrets(text);
  const anyMark = redacted.length < SHORTEST_SHAPE ? PUNCTUATION : ANY_MARK;
  if (!anyMark.test(redacted)) return redacted;
  for (const { mark, shapes } of FAMILIES) {
    if (!mark.test(redacted)) continue;
    for (const [shape, replacement] of shapes) redacted = redacted.replace(shape, replacement);
  }
  return redacted;
}

/** The same for a text that may be missing. Untyped code may pass what is no text: an error must not fail on it. */
export function redactOptional(text: string | undefined): string | undefined {
  return typeof text === 'string' ? redactText(text) : text;
}
