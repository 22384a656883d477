import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { missing, optionalInteger, optionalNumber, wrongType } from '../request-fields.ts';
import { type AttributeFilter, parseFilter } from './attribute-filter.ts';
import { indexVector } from './indexed-file.ts';
import type { StoredVectorStore } from './stored-vector-store.ts';

const USUAL_RESULTS = 10;
const MOST_RESULTS = 50;
/** Enough digits for scores to differ. */
const SCORE_DIGITS = 6;

interface Search {
  readonly queries: readonly string[];
  readonly filter: AttributeFilter;
  readonly limit: number;
  readonly threshold: number;
}

/** The chunks of a store nearest to a question, best first. @throws RequestRefused 400 */
export function searchStore(store: StoredVectorStore, body: JsonObject): JsonObject {
  const { queries, filter, limit, threshold } = parseSearch(body);
  const question = indexVector(queries.join(' '));
  const data = store.files.all
    .filter(({ attributes }) => filter(attributes))
    .flatMap(({ file, attributes, chunks }) =>
      chunks.map(({ text, vector }) => ({
        file_id: file.id,
        filename: file.filename,
        score: similarity(question, vector),
        attributes,
        content: [{ type: 'text', text }],
      })),
    )
    .filter(({ score }) => score >= threshold)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit);
  return {
    object: 'vector_store.search_results.page',
    search_query: queries,
    data,
    has_more: false,
    next_page: null,
  };
}

function parseSearch(body: JsonObject): Search {
  const { query, filters, ranking_options: ranking = {} } = body;
  if (query === undefined) throw missing('query');
  const queries: unknown[] = Array.isArray(query) ? query : [query];
  const isText = queries.length > 0 && queries.every((one) => typeof one === 'string');
  if (!isText) throw wrongType('query', 'a string or an array of strings', query);
  if (!isJsonObject(ranking)) throw wrongType('ranking_options', 'an object', ranking);
  return {
    queries,
    filter: parseFilter(filters),
    limit: optionalInteger(body, 'max_num_results', { from: 1, to: MOST_RESULTS }) ?? USUAL_RESULTS,
    threshold: optionalNumber(ranking, 'score_threshold', { from: 0, to: 1 }) ?? 0,
  };
}

function similarity(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (const [index, value] of a.entries()) product += value * (b[index] ?? 0);
  return Number(Math.max(0, product).toFixed(SCORE_DIGITS));
}
