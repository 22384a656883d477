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

/** How the items of a list are named: `tags[]`, or each as the list itself. */
export type ListNames = 'brackets' | 'repeated';

/** How values are read, and their parts named. */
interface FormRules {
  readonly readFile: FileReader;
  readonly lists: ListNames;
}

function readFormFile(value: object): FormFile | undefined {
  const { name, stream } = value as Partial<FormFile>;
  return typeof name === 'string' && typeof stream === 'function' ? (value as FormFile) : undefined;
}

function refuse(name: string, problem: string): ValidationError {
  return new ValidationError(`The form field \`${name}\` ${problem}. Nothing was sent.`, {
    issues: [{ path: name, message: problem }],
  });
}

function* partsOf(name: string, value: unknown, rules: FormRules): Generator<FormPart> {
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
    const itemName = rules.lists === 'brackets' ? `${name}[]` : name;
    for (const item of value) yield* partsOf(itemName, item, rules);
    return;
  }
  const file = rules.readFile(value);
  if (file !== undefined) yield { name, value: file };
  else yield* membersOf(name, value, rules);
}

function* membersOf(name: string, value: object, rules: FormRules): Generator<FormPart> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw refuse(name, 'is neither a text, a number, a boolean, a file, a list nor a plain object');
  }
  for (const [key, member] of Object.entries(value)) {
    yield* partsOf(`${name}[${key}]`, member, rules);
  }
}

/**
 * The entries of a form, in order. Undefined is left out, and the members of an object
 * are `name[member]`.
 *
 * @param readFile recognises files. @default what has a `name` and a `stream()`
 * @param lists how the items of a list are named. @default 'brackets'
 * @throws ValidationError for a value that a form cannot hold.
 */
export function formParts(
  form: object,
  readFile: FileReader = readFormFile,
  lists: ListNames = 'brackets',
): FormPart[] {
  const rules = { readFile, lists };
  return Object.entries(form).flatMap(([name, value]) => [...partsOf(name, value, rules)]);
}
