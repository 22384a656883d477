import { createHash } from 'node:crypto';
import type { JsonObject } from './json-value.ts';

/** A file as a form brought it. */
export class UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;

  constructor(name: string, contentType: string, bytes: Buffer) {
    this.name = name;
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

type Field = string | UploadedFile;
type Branch = Map<string, Field | Branch | Field[]>;

/** The media type of a form with files. */
export function isForm(contentType: string | undefined): contentType is string {
  return /^multipart\/form-data\b/i.test(contentType ?? '');
}

/**
 * Reads a form as the object it stands for: `name[]`, and a `name` that comes
 * again, is a member of a list, `name[member]` a member of an object, all texts are strings.
 *
 * @throws TypeError for what is no such form.
 */
export async function parseForm(bytes: Buffer, contentType: string): Promise<JsonObject> {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData();
  const root: Branch = new Map();
  for (const [name, value] of form) {
    const field =
      typeof value === 'string'
        ? value
        : new UploadedFile(value.name, value.type, Buffer.from(await value.arrayBuffer()));
    place(root, name, field);
  }
  return toObject(root);
}

/** A form with what tells each file from others in the place of its bytes. */
export function withoutBytes(value: unknown): unknown {
  if (value instanceof UploadedFile) {
    const { name: filename, contentType, bytes } = value;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { filename, content_type: contentType, bytes: bytes.length, sha256 };
  }
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutBytes(member)]),
  );
}

function place(root: Branch, name: string, field: Field): void {
  const [, first = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  const keys = [first, ...Array.from(rest.matchAll(/\[([^\]]*)\]/g), ([, key = '']) => key)];
  let branch = root;
  for (const [depth, key] of keys.entries()) {
    const next = keys[depth + 1];
    const there = branch.get(key);
    if (next === undefined) branch.set(key, join(there, field));
    else if (next === '') {
      branch.set(key, Array.isArray(there) ? [...there, field] : [field]);
      return;
    } else {
      const below: Branch = there instanceof Map ? there : new Map();
      branch.set(key, below);
      branch = below;
    }
  }
}

/** A name that comes again makes a list. */
function join(there: Field | Branch | Field[] | undefined, field: Field): Field | Field[] {
  if (Array.isArray(there)) return [...there, field];
  return there === undefined || there instanceof Map ? field : [there, field];
}

function toObject(branch: Branch): JsonObject {
  return Object.fromEntries(
    [...branch].map(([name, value]) => [name, value instanceof Map ? toObject(value) : value]),
  );
}
