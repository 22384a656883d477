import { ValidationError, wholeOption } from '@integrations/errors';
import type { Caller } from '../caller.ts';
import type { CallOptions, StreamOptions } from '../call-options.ts';
import type { ToolFunctions } from '../tool-calls/run-tool-calls.ts';
import { toolFunctionOf } from '../tool-calls/tool-function.ts';
import { ChatOutputs, type OutputRequest } from './chat-outputs.ts';
import { ChatToolRun, type ToolRunRequest, type ToolRunRules } from './chat-tool-run.ts';
import type { WireCompletion } from './wire-chat.ts';

/** How tools are run. A key against repetition would make all answers the first one. */
export interface RunToolsOptions extends Omit<StreamOptions, 'idempotencyKey'> {
  /** Answers of the model at most; one that still calls tools then is an error. @default 10 */
  readonly maxChatCompletions?: number | undefined;
  /** Tools that are run at a time, of those that one answer calls. @default 10 */
  readonly toolConcurrency?: number | undefined;
}

/** A conversation in which the model may call tools, as far as every provider has the same. */
export interface WireToolsRequest<RequestMessage> extends Pick<OutputRequest, 'response_format'> {
  readonly messages: readonly RequestMessage[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: unknown;
  readonly n?: number | null | undefined;
  readonly stream?: boolean | null | undefined;
}

/** A streamed answer, as a run of tools reads it. */
interface RunStream<Completion, Event> {
  events(): AsyncGenerator<Event, void, undefined>;
  finalCompletion(): Promise<Completion>;
}

/** How a run asks the model. */
export interface ToolRunCalls<Request, Completion extends WireCompletion, Output, Event> {
  complete(request: Request, options: CallOptions): PromiseLike<WireCompletion>;
  stream(
    request: Request,
    outputs: ChatOutputs<Completion, Output>,
    options: StreamOptions,
  ): PromiseLike<RunStream<Completion, Event>>;
  readonly runTool: Caller['runTool'];
}

function functionsOf(call: string, tools: WireToolsRequest<unknown>['tools']): ToolFunctions {
  const named = tools.map((tool) => {
    const run = toolFunctionOf(tool);
    if (run !== undefined) return [tool.function.name, run] as const;
    throw new ValidationError(
      `${call}: a tool has nothing to run. Make it with \`zodFunction\` or \`standardFunction\`, and give it a \`function\`.`,
    );
  });
  return new Map(named);
}

/**
 * Begins a run of tools; nothing is sent until it is read.
 *
 * @throws ValidationError or ConfigurationError when the run cannot be right.
 */
export function runChatTools<
  Request extends WireToolsRequest<RequestMessage>,
  Completion extends WireCompletion,
  RequestMessage,
  ToolMessage extends RequestMessage,
  Output,
  Event,
>(
  request: Request,
  { maxChatCompletions = 10, toolConcurrency = 10, ...options }: RunToolsOptions,
  calls: ToolRunCalls<Request, Completion, Output, Event>,
  rules: ToolRunRules<Completion, RequestMessage, ToolMessage>,
): ChatToolRun<Completion, RequestMessage, ToolMessage, Event, Request['tool_choice']> {
  const call = `${rules.dialect.provider} chat.runTools`;
  if ((request.n ?? 1) > 1) {
    throw new ValidationError(
      `${call}: a conversation can go on with one answer only: leave \`n\` out.`,
    );
  }
  // Arguments are read as tools are run: what is wrong with them is told to the model.
  const outputs = new ChatOutputs<Completion, Output>(
    { response_format: request.response_format },
    rules.dialect,
  );

  async function* ask(
    turn: ToolRunRequest<RequestMessage, Request['tool_choice']>,
  ): AsyncGenerator<Event, Completion, undefined> {
    const body = { ...request, ...turn };
    if (request.stream !== true) {
      const completion = await calls.complete(body, options);
      return outputs.parse(completion, { call });
    }
    const answer = await calls.stream(body, outputs, options);
    yield* answer.events();
    return answer.finalCompletion();
  }

  return new ChatToolRun({
    rules,
    messages: request.messages,
    toolChoice: request.tool_choice,
    functions: functionsOf(call, request.tools),
    maxChatCompletions: wholeOption('maxChatCompletions', maxChatCompletions, { least: 1 }),
    toolConcurrency: wholeOption('toolConcurrency', toolConcurrency, { least: 1 }),
    signal: options.signal,
    runTool: calls.runTool,
    ask,
  });
}
