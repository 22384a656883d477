import type { ResponseRequest } from '../response-request.ts';

/** A function as a request or a call names it. */
interface NamedFunction {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** A name that no other function of the request has: `crm.find` for one in a namespace. */
export function fullName({ name, namespace }: NamedFunction): string {
  return namespace === undefined ? name : `${namespace}.${name}`;
}

type RequestTool = NonNullable<ResponseRequest['tools']>[number];

/** A tool of the user's, which stands in a namespace or by itself. */
export type OwnTool = Extract<RequestTool, { readonly type: 'function' | 'custom' }>;

/** The tools of the user's that a request offers, by their full names. */
export function* ownTools(tools: ResponseRequest['tools']): Generator<readonly [string, OwnTool]> {
  for (const tool of tools ?? []) {
    if (tool.type === 'function' || tool.type === 'custom') yield [tool.name, tool];
    if (tool.type !== 'namespace') continue;
    for (const inner of tool.tools) {
      yield [fullName({ name: inner.name, namespace: tool.name }), inner as OwnTool];
    }
  }
}

/**
 * The entry of the function that a call names. One that a tool search found by itself is
 * called by its own name in a namespace of that name.
 */
export function entryOf<Entry>(
  entries: ReadonlyMap<string, Entry>,
  called: NamedFunction,
): readonly [name: string, entry: Entry | undefined] {
  const name = fullName(called);
  const entry = entries.get(name);
  if (entry !== undefined || called.namespace !== called.name) return [name, entry];
  return [called.name, entries.get(called.name)];
}
