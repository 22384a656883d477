import { ValidationError, type ValidationIssue } from '@integrations/errors';
import { formatPath } from '../request-issue.ts';
import type { JsonSchema } from './json-schema.ts';

/** What the API's strict mode does not take, wherever it stands. */
const UNSUPPORTED: readonly string[] = [
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  'additionalItems',
  'contains',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxContains',
  'maxProperties',
  'minContains',
  'minProperties',
  'not',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
  'uniqueItems',
];

/** One of them has to say which values a schema takes. */
const TELLING: readonly string[] = ['type', 'anyOf', 'oneOf', '$ref', 'enum', 'const'];

/** Keywords whose members are schemas. */
const MAPS = ['$defs', 'definitions'] as const;

type Draft = Record<string, unknown>;
type Path = readonly (string | number)[];

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapMembers(members: JsonSchema, map: (member: unknown, name: string) => unknown): Draft {
  // Not by assignment: a property may be called __proto__.
  return Object.fromEntries(Object.entries(members).map(([name, each]) => [name, map(each, name)]));
}

/** Writes one schema for the strict mode, and notes all that it cannot say there. */
class StrictConversion {
  readonly issues: ValidationIssue[] = [];
  readonly #root: JsonSchema;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  convertRoot(): Draft {
    const { $ref: reference, ...rest } = this.#root;
    const root = typeof reference === 'string' ? { ...this.#find(reference), ...rest } : rest;
    if (root['type'] !== 'object' || 'anyOf' in root || 'oneOf' in root) {
      this.#note([], 'the outermost schema must be an object, not a union or another type');
    }
    return this.#convert(root, []);
  }

  #convert(schema: unknown, path: Path): Draft {
    if (!isObject(schema)) {
      this.#note(path, 'must be a schema');
      return {};
    }
    const { allOf, oneOf, default: _default, ...rest } = schema;
    if (allOf !== undefined) return this.#convertAllOf(allOf, rest, path);
    const draft: Draft = { ...rest };
    for (const keyword of UNSUPPORTED) {
      if (draft[keyword] !== undefined) this.#note(path, `\`${keyword}\` is not supported`);
    }
    if (!TELLING.some((keyword) => schema[keyword] !== undefined)) {
      this.#note(path, 'takes any value: say which');
    }
    this.#convertObject(draft, path);
    this.#convertItems(draft, path);
    this.#convertBranches(draft, rest['anyOf'] ?? oneOf, path);
    for (const keyword of MAPS) {
      const members = draft[keyword];
      if (isObject(members)) {
        draft[keyword] = mapMembers(members, (each, name) =>
          this.#convert(each, [...path, keyword, name]),
        );
      }
    }
    return draft;
  }

  /** One schema by itself is no intersection. */
  #convertAllOf(allOf: unknown, rest: JsonSchema, path: Path): Draft {
    const parts: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
    const [only] = parts;
    if (isObject(only) && parts.length === 1) return this.#convert({ ...only, ...rest }, path);
    this.#note(path, 'intersections (`allOf`) are not supported: write one object instead');
    return {};
  }

  #convertObject(draft: Draft, path: Path): void {
    const { properties, additionalProperties, type } = draft;
    const isOfObjects = type === 'object' || (Array.isArray(type) && type.includes('object'));
    if (!isOfObjects && properties === undefined) return;
    if (additionalProperties !== undefined && additionalProperties !== false) {
      this.#note(path, 'properties that are not named are not supported');
    }
    const members = isObject(properties) ? properties : {};
    const required: readonly unknown[] = Array.isArray(draft['required']) ? draft['required'] : [];
    for (const [name, member] of Object.entries(members)) {
      if (required.includes(name) || this.#mayBeMissing(member)) continue;
      this.#note([...path, name], 'is optional, but every property is required: use null for none');
    }
    draft['properties'] = mapMembers(members, (each, name) => this.#convert(each, [...path, name]));
    draft['required'] = Object.keys(members);
    draft['additionalProperties'] = false;
  }

  /** A property that has a value for being missing can be required all the same. */
  #mayBeMissing(schema: unknown, seen: ReadonlySet<unknown> = new Set()): boolean {
    if (!isObject(schema) || seen.has(schema)) return false;
    const { type, $ref: reference, enum: values } = schema;
    if (schema['default'] !== undefined || type === 'null' || schema['const'] === null) return true;
    if (Array.isArray(type) && type.includes('null')) return true;
    if (Array.isArray(values) && values.includes(null)) return true;
    const next = new Set([...seen, schema]);
    if (typeof reference === 'string') return this.#mayBeMissing(this.#find(reference), next);
    const branches = schema['anyOf'] ?? schema['oneOf'];
    return Array.isArray(branches) && branches.some((branch) => this.#mayBeMissing(branch, next));
  }

  #convertItems(draft: Draft, path: Path): void {
    const { items, type } = draft;
    const isOfArrays = type === 'array' || (Array.isArray(type) && type.includes('array'));
    if (!isOfArrays && items === undefined) return;
    if (Array.isArray(items)) this.#note(path, 'tuples are not supported');
    else draft['items'] = this.#convert(items, [...path, 'items']);
  }

  /** Which branch fits is decided by the answer, so that any of them will do for one of them. */
  #convertBranches(draft: Draft, branches: unknown, path: Path): void {
    if (!Array.isArray(branches)) return;
    draft['anyOf'] = branches.map((branch: unknown, at) =>
      this.#convert(branch, [...path, 'anyOf', at]),
    );
  }

  #find(reference: string): JsonSchema {
    const steps = reference
      .split('/')
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = steps.reduce<unknown>(
      (part, step) => (isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined),
      this.#root,
    );
    if (reference.startsWith('#') && isObject(found)) return found;
    this.#note([], `\`${reference}\` refers to nothing in the schema`);
    return {};
  }

  #note(path: Path, message: string): void {
    this.issues.push({ path: formatPath(path), message });
  }
}

/**
 * A JSON schema as the API's strict mode wants it
 * (https://platform.openai.com/docs/guides/structured-outputs): every object closed, every
 * property required. `default` is left out, for the model writes every property.
 *
 * @param what whose schema it is, for messages: `openai response format "answer"`.
 * @throws ValidationError that lists everything that strict mode has no words for.
 */
export function toStrictJsonSchema(schema: JsonSchema, what: string): JsonSchema {
  const conversion = new StrictConversion(schema);
  const strict = conversion.convertRoot();
  const { issues } = conversion;
  if (issues.length === 0) return strict;
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new ValidationError(`${what}: the API does not take the schema. ${list.join('; ')}.`, {
    issues,
  });
}
