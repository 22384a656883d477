import { redactText } from './redact-text.ts';
import { secretGeneration } from './secret-registry.ts';

/** Endings of field names whose values never leave the process: `x-api-key`, `clientSecret`. */
const SECRET_ENDINGS =
  /(?:authorization|cookie|api[-_]?key|private[-_]?key|secret|password|passphrase|credential|(?:access|refresh|auth|session|bearer|(?<![a-z])id)[-_]?token)s?$/i;

/** Whose account it is: as private as the key, though nothing can be done with it. */
const ACCOUNT_NAMES = /^(?:openai[-_])?(?:organi[sz]ation|org|project)(?:[-_]?id)?$/i;

/** What the name of a field says about it. */
interface NameVerdict {
  /** Whether the value is as secret as its name says. */
  readonly hidden: boolean;
  /** The name itself, cleaned. */
  readonly shown: string;
}

/** Names come from code and repeat; what comes from elsewhere must not fill the memory. */
const MOST_NAMES = 1000;
const LONGEST_NAME = 64;

const known = new Map<string, NameVerdict>();
let knownGeneration = 0;

/** Whether a field of this name, or a header, holds a secret or an account's id. */
export function isSecretName(name: string): boolean {
  return SECRET_ENDINGS.test(name) || ACCOUNT_NAMES.test(name);
}

function judgeAnew(name: string): NameVerdict {
  const verdict = { hidden: isSecretName(name), shown: redactText(name) };
  // A name that held a secret is not kept: that would keep the secret.
  if (name.length > LONGEST_NAME || verdict.shown !== name) return verdict;
  if (known.size >= MOST_NAMES) known.clear();
  known.set(name, verdict);
  return verdict;
}

/** Judges a field's name, from memory where it has come before. */
export function judgeName(name: string): NameVerdict {
  const generation = secretGeneration();
  if (generation !== knownGeneration) {
    known.clear();
    knownGeneration = generation;
  }
  return known.get(name) ?? judgeAnew(name);
}
