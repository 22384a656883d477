import { queryInteger } from '../list-page.ts';
import { promptObject, type StoredPrompt, versionOf } from './stored-prompt.ts';

type PromptObject = Readonly<Record<string, unknown>>;

const USUAL_SIZE = 50;

/** The members by which prompts are sorted, as the query names them. */
const SORT_MEMBERS: Readonly<Record<string, 'createdAt' | 'updatedAt' | 'name' | 'title'>> = {
  created_at: 'createdAt',
  last_modified_at: 'updatedAt',
  name: 'name',
  title: 'title',
};

/** A page by token, which is the number of its first prompt. */
export function promptPage(all: readonly StoredPrompt[], query: URLSearchParams): object {
  const alias = query.get('alias');
  const named = all.filter(
    ({ versions }) => alias === null || versions.some(({ aliases }) => aliases.includes(alias)),
  );
  const found = inOrder(named, query);
  const first = queryInteger(query, 'pageToken', { from: 0 }) ?? 0;
  const end = first + (queryInteger(query, 'pageSize', { from: 1 }) ?? USUAL_SIZE);
  const data = found
    .slice(first, end)
    .map((prompt) => withFields(promptObject(prompt, versionOf(prompt, { alias })), query));
  return { data, ...(end < found.length ? { nextPageToken: String(end) } : {}) };
}

/** Only the members that the query asks for; all where it names none. */
export function withFields(prompt: PromptObject, query: URLSearchParams): PromptObject {
  const fields = query.getAll('fields');
  if (fields.length === 0) return prompt;
  return Object.fromEntries(Object.entries(prompt).filter(([name]) => fields.includes(name)));
}

/** Times go down and texts go up where the query says nothing else. */
function inOrder(oldestFirst: readonly StoredPrompt[], query: URLSearchParams): StoredPrompt[] {
  const member = SORT_MEMBERS[query.get('sort_by') ?? 'created_at'] ?? 'createdAt';
  const usual = member === 'name' || member === 'title' ? 'asc' : 'desc';
  const up = oldestFirst.toSorted((a, b) => {
    const [one = '', other = ''] = [a[member], b[member]];
    return one < other ? -1 : Number(one > other);
  });
  return (query.get('sort_direction') ?? usual) === 'asc' ? up : up.toReversed();
}
