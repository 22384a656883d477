import { ValidationError } from '@integrations/errors';
import { percentEncode } from './percent-encoding.ts';

/** What may stand in a path. */
export type PathValue = string | number;

function invalid(problem: string): ValidationError {
  return new ValidationError(
    `A path parameter ${problem}; give the id that the API returned. Nothing was sent.`,
  );
}

/**
 * One segment of a path, encoded so that it cannot leave its place: no slash, no
 * query, no dot segment.
 *
 * @throws ValidationError when the value is empty, `.`, `..`, ill-formed Unicode,
 * or neither a string nor a finite number.
 */
export function encodePathSegment(value: PathValue): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') throw invalid(`must be a string, not ${describe(value)}`);
  if (value === '') throw invalid('is empty');
  if (value === '.' || value === '..') throw invalid(`must not be '${value}'`);
  return percentEncode(value, 'path parameter').replace(ALLOWED_IN_SEGMENT, decodeURIComponent);
}

/**
 * Characters that RFC 3986 (section 3.3) lets stand in a segment and that ids hold,
 * as in `ft:gpt-4o:team`; gateways that compare paths as text want them as they are.
 */
const ALLOWED_IN_SEGMENT = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : typeof value;
}

/**
 * Tags a template for a path: every value becomes exactly one segment, or a part
 * of one, whatever characters it holds.
 *
 * @throws ValidationError for a value that cannot be a segment.
 */
export function path(template: TemplateStringsArray, ...values: PathValue[]): string {
  return template.reduce((built, literal, index) => {
    const value = values[index - 1];
    return built + encodePathSegment(value as PathValue) + literal;
  });
}
