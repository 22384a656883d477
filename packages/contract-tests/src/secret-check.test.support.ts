import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { type IntegrationError, isIntegrationError, toProblemDetails } from '@integrations/errors';

/** Letters that no number, id or digest is written with. */
const LETTERS = 'ghjkmnpqrstvwxyz';

/** Part of a secret that gives it away. */
const PIECE = 8;

/** A text that nothing else can hold, and that has the shape of no key. */
export function marker(letters = 40): string {
  return Array.from(randomBytes(letters), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Texts by where they were found. */
export type Evidence = Readonly<Record<string, string>>;

function piecesOf(secret: string): readonly string[] {
  return Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE));
}

/** Looks for secrets, and for pieces of them. */
export class SecretCheck {
  readonly #pieces: ReadonlyMap<string, readonly string[]>;

  constructor(secrets: Readonly<Record<string, string>>) {
    this.#pieces = new Map(
      Object.entries(secrets).map(([name, secret]) => [name, piecesOf(secret)]),
    );
  }

  /** Which secret stands where: `key in error.stack`. */
  findings(evidence: Evidence): readonly string[] {
    return Object.entries(evidence).flatMap(([place, text]) =>
      [...this.#pieces]
        .filter(([, pieces]) => pieces.some((piece) => text.includes(piece)))
        .map(([name]) => `${name} in ${place}`),
    );
  }
}

/** Everything that anybody could print of a value. */
export function printed(place: string, value: unknown): Evidence {
  return {
    [`${place} as text`]: String(value),
    [`${place} as JSON`]: JSON.stringify(value) ?? '',
    [`${place} inspected`]: inspect(value, { depth: Infinity, showHidden: true, getters: true }),
  };
}

function printedError(place: string, error: IntegrationError): Evidence {
  return {
    ...printed(place, error),
    [`${place}.message`]: error.message,
    [`${place}.stack`]: error.stack ?? '',
    [`${place} as problem`]: JSON.stringify(toProblemDetails(error)),
  };
}

/** Everything that anybody could print of an error, and of what led to it. */
export function printedFailure(error: unknown): Evidence {
  const evidence: Evidence[] = [];
  let place = 'error';
  for (let at = error; at !== undefined; at = at instanceof Error ? at.cause : undefined) {
    evidence.push(isIntegrationError(at) ? printedError(place, at) : printed(place, at));
    place += '.cause';
  }
  return Object.assign({}, ...evidence) as Evidence;
}
