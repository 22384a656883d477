import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { missing, optionalInteger, wrongType, wrongValue } from '../request-fields.ts';

const HOUR_SECONDS = 3600;
const MONTH_SECONDS = 2_592_000;

/** The `expires_after` of a request in seconds, whether it came as JSON or in a form. @throws RequestRefused 400 */
export function parseFileExpiry(
  body: JsonObject,
  name: 'expires_after' | 'output_expires_after' = 'expires_after',
): number | undefined {
  const given = body[name];
  if (given === undefined || given === null) return undefined;
  if (!isJsonObject(given)) throw wrongType(name, 'an object', given);
  const { anchor, seconds } = given;
  if (anchor !== 'created_at')
    throw wrongValue(`${name}.anchor`, `'${name}.anchor' must be created_at.`);
  const param = `${name}.seconds`;
  if (seconds === undefined) throw missing(param);
  const value = typeof seconds === 'string' ? Number(seconds) : seconds;
  return optionalInteger({ [param]: value }, param, { from: HOUR_SECONDS, to: MONTH_SECONDS });
}
