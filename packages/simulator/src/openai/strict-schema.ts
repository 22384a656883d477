import { isJsonObject, type JsonObject } from '../json-value.ts';

/** Keywords that a strict schema may not have, wherever they stand. */
const NOT_PERMITTED = [
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'uniqueItems',
];

/** What is wrong with a schema that is to be followed strictly, in the API's words; undefined for nothing. */
export function strictSchemaFault(schema: unknown): string | undefined {
  if (!isJsonObject(schema) || schema['type'] !== 'object') {
    const type = isJsonObject(schema) ? JSON.stringify(schema['type'] ?? 'None') : '"None"';
    return `schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`;
  }
  return faultIn(schema, []);
}

function faultIn(schema: unknown, path: readonly string[]): string | undefined {
  if (!isJsonObject(schema)) return undefined;
  const place = `In context=(${path.map((step) => `'${step}'`).join(', ')})`;
  const wrong = NOT_PERMITTED.find((keyword) => keyword in schema);
  if (wrong !== undefined) return `${place}, '${wrong}' is not permitted.`;
  const own = objectFault(schema);
  if (own !== undefined) return `${place}, ${own}`;
  for (const [steps, child] of childrenOf(schema)) {
    const fault = faultIn(child, [...path, ...steps]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function objectFault(schema: JsonObject): string | undefined {
  const { properties, required, type } = schema;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  if (!isObject && properties === undefined) return undefined;
  if (schema['additionalProperties'] !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  const listed: readonly unknown[] = Array.isArray(required) ? required : [];
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  const missing = names.find((name) => !listed.includes(name));
  if (missing === undefined) return undefined;
  return `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
}

function childrenOf(schema: JsonObject): [readonly string[], unknown][] {
  const named = ['properties', '$defs', 'definitions'].flatMap((keyword) =>
    Object.entries(isJsonObject(schema[keyword]) ? schema[keyword] : {}).map(
      ([name, child]): [string[], unknown] => [[keyword, name], child],
    ),
  );
  const branches: readonly unknown[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  const listed = branches.map((child, index): [string[], unknown] => [
    ['anyOf', String(index)],
    child,
  ]);
  return [...named, ...listed, [['items'], schema['items']]];
}
