import { isJsonObject, type JsonObject } from './json-value.ts';

/** Deeper than this, whatever may be left out is: a schema may contain itself. */
const DEEPEST = 6;

/** Texts of each format; which of them is right is up to the schema's pattern. */
const TEXTS_OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00'],
  date: ['2026-01-31'],
  time: ['12:00:00Z', '12:00:00'],
  duration: ['P1D'],
  email: ['someone@example.com'],
  hostname: ['example.com'],
  ipv4: ['127.0.0.1'],
  ipv6: ['::1'],
  uri: ['https://example.com/'],
  uuid: ['123e4567-e89b-42d3-a456-426614174000'],
};

/**
 * A value that a JSON schema allows, the same for the same schema and text: `text` where a
 * string is free, the first of what is listed, one item in an array, every property. What no
 * rule here knows, such as a pattern that neither `text` nor a format fits, is passed over.
 */
export function instanceOf(schema: unknown, text: string): unknown {
  return new Instance(schema, text).of(schema, 0);
}

class Instance {
  readonly #root: unknown;
  readonly #text: string;

  constructor(root: unknown, text: string) {
    this.#root = root;
    this.#text = text;
  }

  of(schema: unknown, depth: number): unknown {
    if (!isJsonObject(schema)) return this.#text;
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return schema['enum'][0];
    if (typeof schema['$ref'] === 'string') return this.of(this.#find(schema['$ref']), depth + 1);
    const branches = schema['anyOf'] ?? schema['oneOf'];
    if (Array.isArray(branches)) return this.of(pickBranch(branches, depth), depth);
    if (Array.isArray(schema['allOf'])) return this.#ofAll(schema['allOf'], depth);
    return this.#ofType(typeOf(schema, depth), schema, depth);
  }

  #ofAll(parts: readonly unknown[], depth: number): unknown {
    const values = parts.map((part) => this.of(part, depth));
    return values.every(isJsonObject) ? Object.assign({}, ...values) : values[0];
  }

  #ofType(type: unknown, schema: JsonObject, depth: number): unknown {
    if (type === 'object') return this.#object(schema, depth);
    if (type === 'array') return this.#array(schema, depth);
    if (type === 'integer' || type === 'number') return numberWithin(schema);
    if (type === 'boolean') return true;
    return type === 'null' ? null : this.#string(schema);
  }

  #object(schema: JsonObject, depth: number): JsonObject {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required: readonly unknown[] = Array.isArray(schema['required'])
      ? schema['required']
      : [];
    const names = Object.keys(properties).filter(
      (name) => depth < DEEPEST || required.includes(name),
    );
    return Object.fromEntries(names.map((name) => [name, this.of(properties[name], depth + 1)]));
  }

  #array(schema: JsonObject, depth: number): unknown[] {
    const least = numberOr(schema['minItems'], 0);
    const most = numberOr(schema['maxItems'], Infinity);
    const length = Math.min(Math.max(least, depth < DEEPEST ? 1 : 0), most);
    return Array.from({ length }, () => this.of(schema['items'], depth + 1));
  }

  #string({ format, pattern, minLength, maxLength }: JsonObject): string {
    const texts = [...(TEXTS_OF_FORMAT[String(format)] ?? []), this.#text];
    const fits = typeof pattern === 'string' ? new RegExp(pattern, 'u') : undefined;
    const text = texts.find((each) => fits === undefined || fits.test(each)) ?? this.#text;
    return text.padEnd(numberOr(minLength, 0), '.').slice(0, numberOr(maxLength, Infinity));
  }

  /** The part of the root that `#/definitions/name` points to. */
  #find(reference: string): unknown {
    const steps = reference.split('/').slice(1);
    return steps
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((part, step) => (part as JsonObject | undefined)?.[step], this.#root);
  }
}

/** The first branch; deep down null, where that is one, and else the last. */
function pickBranch(branches: readonly unknown[], depth: number): unknown {
  if (depth < DEEPEST) return branches[0];
  const nothing = branches.find((branch) => isJsonObject(branch) && branch['type'] === 'null');
  return nothing ?? branches.at(-1);
}

function typeOf(schema: JsonObject, depth: number): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return depth >= DEEPEST && type.includes('null') ? 'null' : type[0];
  return type ?? ('properties' in schema ? 'object' : 'string');
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function numberWithin(schema: JsonObject): number {
  const step = numberOr(schema['multipleOf'], 1);
  const least = Math.max(
    numberOr(schema['minimum'], -Infinity),
    numberOr(schema['exclusiveMinimum'], -Infinity) + step,
  );
  const most = Math.min(
    numberOr(schema['maximum'], Infinity),
    numberOr(schema['exclusiveMaximum'], Infinity) - step,
  );
  const within = Math.min(Math.max(step, Math.ceil(least / step) * step), most);
  return Math.floor(within / step) * step;
}
