import { instanceOf } from './json-schema-instance.ts';

/** A tool as a request offers it. */
export interface OfferedTool {
  readonly kind: 'function' | 'custom';
  readonly name: string;
  /** The JSON schema of a function's arguments; undefined for none. */
  readonly parameters: unknown;
}

/** What a request says about its tools. */
export interface ToolRules {
  /** Those that may be called. */
  readonly tools: readonly OfferedTool[];
  /** Whether one is called when none is asked for. */
  readonly mode: 'none' | 'auto' | 'required';
  /** Whether several calls may come in one answer. */
  readonly parallel: boolean;
}

/** A call that the answer asks for. */
export interface WantedCall {
  readonly tool: OfferedTool;
  /** A function's arguments as JSON text, or the input of a custom tool. */
  readonly input: string;
}

/**
 * The calls that the latest messages of a conversation ask for, in their order: every mention
 * of a tool's name (`get_weather`, or `get weather`) is one. JSON after the name is taken for
 * the arguments as it stands, right or wrong: `get_weather {"city": "Oslo"}`. Without it they
 * are made up to fit the schema; but what a tool says counts only with it, for many mention
 * themselves. If a call is required and none is asked for, the first tool is called.
 *
 * @param asked what the user said since the last answer.
 * @param told what tools said since the last answer.
 */
export function chooseCalls(
  { tools, mode, parallel }: ToolRules,
  asked: string,
  told = '',
): WantedCall[] {
  if (mode === 'none') return [];
  const calls = [
    ...mentionsOf(tools, asked).map(({ tool, input }) => ({
      tool,
      input: input ?? madeUp(tool, asked),
    })),
    ...mentionsOf(tools, told).filter((mention): mention is WantedCall => {
      return mention.input !== undefined;
    }),
  ];
  const [first] = tools;
  if (calls.length === 0 && mode === 'required' && first !== undefined) {
    return [{ tool: first, input: madeUp(first, asked) }];
  }
  return parallel ? calls : calls.slice(0, 1);
}

interface Mention {
  readonly tool: OfferedTool;
  /** What stands after the name; undefined for nothing. */
  readonly input: string | undefined;
}

function mentionsOf(tools: readonly OfferedTool[], text: string): Mention[] {
  return tools
    .flatMap((tool) => mentionsOfOne(tool, text))
    .toSorted((a, b) => a.at - b.at)
    .map(({ tool, input }) => ({ tool, input }));
}

function mentionsOfOne(tool: OfferedTool, text: string): (Mention & { readonly at: number })[] {
  const name = tool.name.split(/[_-]+/).map(escape).join('[_ -]+');
  const mentions = text.matchAll(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'gi'));
  return [...mentions].map((mention) => {
    const rest = text.slice(mention.index + mention[0].length);
    return { at: mention.index, tool, input: givenInput(tool, rest) };
  });
}

function escape(word: string): string {
  return word.replace(/[^\w]/g, '\\$&');
}

/** What stands right after a tool's name as its input; undefined for nothing. */
function givenInput({ kind }: OfferedTool, rest: string): string | undefined {
  if (kind === 'custom') return /^\s*[:(]?\s*"([^"]*)"/.exec(rest)?.[1];
  const start = /^\s*[:(]?\s*(?=\{)/.exec(rest);
  return start === null ? undefined : untilClosed(rest.slice(start[0].length));
}

/** A text from its first brace to the one that closes it, or all of it if none does. */
function untilClosed(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth === 0) return text.slice(0, index + 1);
  }
  return text;
}

function madeUp({ kind, parameters }: OfferedTool, text: string): string {
  if (kind === 'custom') return text;
  return JSON.stringify(instanceOf(parameters ?? { type: 'object' }, text));
}
