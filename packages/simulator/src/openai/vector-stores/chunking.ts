import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { splitTokens } from '../../tokens.ts';
import { missing, optionalInteger, wrongType, wrongValue } from '../request-fields.ts';

/** How a text is cut into chunks, in tokens. */
export interface Chunking {
  readonly max_chunk_size_tokens: number;
  readonly chunk_overlap_tokens: number;
}

const AUTO: Chunking = { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 };
const SIZE = { from: 100, to: 4096 };
const PARAM = 'chunking_strategy';

/** Reads the `chunking_strategy` of a request. @throws RequestRefused 400 */
export function parseChunking(body: JsonObject): Chunking {
  const given = body[PARAM] ?? undefined;
  if (given === undefined) return AUTO;
  if (!isJsonObject(given)) throw wrongType(PARAM, 'an object', given);
  const { type, static: fixed } = given;
  if (type === 'auto') return AUTO;
  if (type !== 'static')
    throw wrongValue(`${PARAM}.type`, `'${PARAM}.type' must be auto or static.`);
  if (!isJsonObject(fixed)) throw missing(`${PARAM}.static`);
  const size = requireInteger(fixed, 'max_chunk_size_tokens', SIZE);
  const overlap = requireInteger(fixed, 'chunk_overlap_tokens', { from: 0, to: size / 2 });
  return { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap };
}

/** A text in chunks that overlap. */
export function cutIntoChunks(text: string, chunking: Chunking): string[] {
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = chunking;
  const tokens = splitTokens(text);
  const chunks: string[] = [];
  for (let at = 0; at === 0 || at + overlap < tokens.length; at += size - overlap)
    chunks.push(tokens.slice(at, at + size).join(''));
  return chunks;
}

function requireInteger(
  fixed: JsonObject,
  name: string,
  range: { readonly from: number; readonly to: number },
): number {
  const param = `${PARAM}.static.${name}`;
  const value = optionalInteger({ [param]: fixed[name] }, param, range);
  if (value !== undefined) return value;
  throw missing(param);
}
