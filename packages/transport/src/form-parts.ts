import { ValidationError } from '@integrations/errors';
import type { HttpStreamingBody } from '@integrations/types';

/** A file in a form. Its content type is `application/octet-stream` where it says nothing. */
export interface FormFile extends HttpStreamingBody {
  /** What the server is told as its name. */
  readonly name: string;
}

/** One entry of a form: a field's name with a text or a file. */
export interface FormPart {
  readonly name: string;
  readonly value: string | FormFile;
}

/** Recognises a file among the values of a form; undefined for what is none. */
export type FileReader = (value: object) => FormFile | undefined;

function readFormFile(value: object): FormFile | undefined {
  const { name, stream } = value as Partial<FormFile>;
  return typeof name === 'string' && typeof stream === 'function' ? (value as FormFile) : undefined;
}

function refuse(name: string, problem: string): ValidationError {
  return new ValidationError(`The form field \`${name}\` ${problem}. Nothing was sent.`, {
    issues: [{ path: name, message: problem }],
  });
}

function* partsOf(name: string, value: unknown, readFile: FileReader): Generator<FormPart> {
  if (value === undefined) return;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    if (typeof value === 'number' && !Number.isFinite(value)) throw refuse(name, `is ${value}`);
    yield { name, value: String(value) };
    return;
  }
  if (value === null)
    throw refuse(name, "is null, which a form cannot say; leave it out, or give the text 'null'");
  if (typeof value !== 'object')
    throw refuse(name, `is a ${typeof value}, which a form cannot hold`);
  if (Array.isArray(value)) {
    for (const item of value) yield* partsOf(`${name}[]`, item, readFile);
    return;
  }
  const file = readFile(value);
  if (file !== undefined) yield { name, value: file };
  else yield* membersOf(name, value, readFile);
}

function* membersOf(name: string, value: object, readFile: FileReader): Generator<FormPart> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw refuse(name, 'is neither a text, a number, a boolean, a file, a list nor a plain object');
  }
  for (const [key, member] of Object.entries(value)) {
    yield* partsOf(`${name}[${key}]`, member, readFile);
  }
}

/**
 * The entries of a form, in order. Undefined is left out, a list repeats its name as
 * `name[]`, and the members of an object are `name[member]`.
 *
 * @param readFile recognises files. @default what has a `name` and a `stream()`
 * @throws ValidationError for a value that a form cannot hold.
 */
export function formParts(form: object, readFile: FileReader = readFormFile): FormPart[] {
  return Object.entries(form).flatMap(([name, value]) => [...partsOf(name, value, readFile)]);
}
