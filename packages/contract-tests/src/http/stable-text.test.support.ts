/** Seconds since 1970, of this decade and the next ones. */
const SECONDS = /(?<![\w.+/-])1[789]\d{8}(?:\.\d+)?(?![\w.+/])/g;

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+]00:00)/g;

const HERE = /http:\/\/127\.0\.0\.1:\d+/g;

/** But for those that tests have made up, or that stand for others already. */
const UUID = /\b(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

/** A kind, such as `file-` or `vs_`, and what chance has put behind it. */
const ID = /\b((?:[a-z]+[_-])+)(?=[A-Za-z]*\d|\d*[A-Za-z])[A-Za-z0-9]{16,}\b/g;

/** An id of hexadecimal digits alone. */
const HEX_ID = /\b[0-9a-f]{32}\b/g;

/** A secret, which would be taken for a real one. */
const SECRET = /\b(whsec_)[A-Za-z0-9+/=]+/g;

/** Gives each text that it meets a number, and the same number to the same text. */
class Numbers {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  name(text: string, kind: string, write: (count: number) => string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = write(count);
    this.#known.set(text, name);
    return name;
  }
}

/** A text without what differs from one time to the next: times, ids, secrets and the port. */
export function stableText(text: string): string {
  const numbers = new Numbers();
  return text
    .replace(HERE, 'https://files.test')
    .replace(ISO_TIME, '2001-09-09T01:46:40Z')
    .replace(SECONDS, '1000000000')
    .replace(SECRET, '$1secret')
    .replace(UUID, (id) =>
      numbers.name(id, 'uuid', (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
    )
    .replace(HEX_ID, (id) => numbers.name(id, 'hex', (n) => `hex${n}`))
    .replace(ID, (id, kind: string) => numbers.name(id, kind, (n) => `${kind}${n}`));
}

/** The same for data. */
export function stable<T>(data: T): T {
  return JSON.parse(stableText(JSON.stringify(data))) as T;
}
