import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { wrongType, wrongValue } from '../request-fields.ts';

/** Whether the attributes of a file pass. */
export type AttributeFilter = (attributes: JsonObject) => boolean;

type Comparison = (value: unknown, wanted: unknown) => boolean;

/** Numbers with numbers, texts with texts. */
function ordered(compare: (order: number) => boolean): Comparison {
  return (value, wanted) => {
    if (typeof value === 'number' && typeof wanted === 'number') return compare(value - wanted);
    if (typeof value !== 'string' || typeof wanted !== 'string') return false;
    if (value === wanted) return compare(0);
    return compare(value < wanted ? -1 : 1);
  };
}

function isIn(value: unknown, wanted: unknown): boolean {
  return Array.isArray(wanted) && wanted.includes(value);
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  gt: ordered((order) => order > 0),
  gte: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  lte: ordered((order) => order <= 0),
  in: isIn,
  nin: (value, wanted) => !isIn(value, wanted),
};

/** Reads the `filters` of a search. @throws RequestRefused 400 */
export function parseFilter(given: unknown, param = 'filters'): AttributeFilter {
  if (given === undefined || given === null) return () => true;
  if (!isJsonObject(given)) throw wrongType(param, 'an object', given);
  const { type, key, value, filters } = given;
  if (type === 'and' || type === 'or') {
    if (!Array.isArray(filters)) throw wrongType(`${param}.filters`, 'an array', filters);
    const parts = filters.map((part, index) => parseFilter(part, `${param}.filters[${index}]`));
    return type === 'and'
      ? (attributes) => parts.every((part) => part(attributes))
      : (attributes) => parts.some((part) => part(attributes));
  }
  const compare = typeof type === 'string' ? COMPARISONS[type] : undefined;
  if (compare === undefined) {
    const known = [...Object.keys(COMPARISONS), 'and', 'or'].join(', ');
    throw wrongValue(`${param}.type`, `'${param}.type' must be one of ${known}.`);
  }
  if (typeof key !== 'string') throw wrongType(`${param}.key`, 'a string', key);
  return (attributes) => compare(attributes[key], value);
}
