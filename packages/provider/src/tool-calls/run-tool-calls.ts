import { abortReason, redactText } from '@integrations/errors';
import type { Caller } from '../caller.ts';
import { mapConcurrent } from '@integrations/rate-limits';
import type { HasToolFunction, TOOL_FUNCTION } from './tool-function.ts';

/** What can be called, by name. */
export type ToolFunctions = ReadonlyMap<string, HasToolFunction[typeof TOOL_FUNCTION]>;

/** A call as the model wrote it. */
export interface ToolCallRequest {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** What became of a call. */
export interface ToolCallOutcome {
  readonly id: string;
  readonly name: string;
  /** What the model is told: the result, or what went wrong. */
  readonly content: string;
  /** What went wrong; undefined where the function was run to its end. */
  readonly error: unknown;
}

/** How calls are run. */
export interface ToolCallsOptions {
  /** How many at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  /** What each is run in. */
  readonly runTool: Caller['runTool'];
}

/** A tool may be deaf to its signal; its caller does not wait for it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortReason(signal, 'The run of tools'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function asContent(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

function asProblem(error: unknown): string {
  return redactText(error instanceof Error ? error.message : String(error));
}

async function runToolCall(
  functions: ToolFunctions,
  { id, name, arguments: args }: ToolCallRequest,
  signal: AbortSignal,
  runTool: Caller['runTool'],
): Promise<ToolCallOutcome> {
  const run = functions.get(name);
  if (run === undefined) {
    const content = `There is no function ${JSON.stringify(name)}. There are: ${[...functions.keys()].join(', ')}.`;
    return { id, name, content, error: new Error(content) };
  }
  try {
    const tool = { name, callId: id, type: 'function' };
    const context = { id, name, signal };
    const work = runTool(tool, async () => asContent(await run(args, context)));
    return { id, name, content: await untilAborted(work, signal), error: undefined };
  } catch (error) {
    if (signal.aborted) throw abortReason(signal, 'The run of tools');
    return { id, name, content: asProblem(error), error };
  }
}

/**
 * Runs the calls that a model asks for, some at a time, and gives what the model is to be
 * told, in the order of the calls. Whatever fails in a call, its wrong arguments included,
 * is told; only an abort ends the run.
 *
 * @throws AbortedError, or the typed reason of the signal.
 */
export function runToolCalls(
  functions: ToolFunctions,
  calls: readonly ToolCallRequest[],
  { concurrency, signal, runTool }: ToolCallsOptions,
): Promise<ToolCallOutcome[]> {
  return mapConcurrent(
    calls,
    concurrency,
    (call, context) => runToolCall(functions, call, context.signal, runTool),
    signal === undefined ? {} : { signal },
  );
}
