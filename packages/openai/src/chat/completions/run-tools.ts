import { ValidationError, wholeOption } from '@integrations/errors';
import type { Caller, CallOptions, StreamOptions } from '@integrations/provider';
import type { ToolFunctions } from '../../tool-calls/run-tool-calls.ts';
import { toolFunctionOf } from '../../tool-calls/tool-function.ts';
import type { ChatCompletion } from './chat-completion.ts';
import type { ChatCompletionRequest, ResponseFormat } from './chat-completion-request.ts';
import { ChatOutputs } from './chat-outputs.ts';
import type { RunnableTool } from './function-tool.ts';
import type { ParsedChatStream } from './parsed-chat-stream.ts';
import type { OutputOf } from '../../structured-output/output-of.ts';
import type { ParsedChatCompletion } from './parsed-completion.ts';
import { ToolRun, type TurnRequest } from './tool-run.ts';
import type { StreamedToolRunStep } from './tool-run-step.ts';

/** A conversation in which the model may call tools. */
export interface RunToolsRequest<
  Format extends ResponseFormat | undefined = undefined,
> extends Omit<ChatCompletionRequest, 'tools' | 'response_format' | 'n'> {
  /** Made by `zodFunction` or `standardFunction`. */
  readonly tools: readonly RunnableTool[];
  readonly response_format?: Format;
  /** Whether answers are streamed: the steps then have the events of each. @default false */
  readonly stream?: boolean | null | undefined;
}

/** How tools are run. A key against repetition would make all answers the first one. */
export interface RunToolsOptions extends Omit<StreamOptions, 'idempotencyKey'> {
  /** Answers of the model at most; one that still calls tools then is an error. @default 10 */
  readonly maxChatCompletions?: number | undefined;
  /** Tools that are run at a time, of those that one answer calls. @default 10 */
  readonly toolConcurrency?: number | undefined;
}

/** How a run asks the model. */
export interface ChatCalls {
  complete(request: ChatCompletionRequest, options: CallOptions): PromiseLike<ChatCompletion>;
  stream<Output>(
    request: ChatCompletionRequest,
    outputs: ChatOutputs<Output>,
    options: StreamOptions,
  ): PromiseLike<ParsedChatStream<Output>>;
  readonly runTool: Caller['runTool'];
}

const CALL = 'openai chat.runTools';

function functionsOf(tools: readonly RunnableTool[]): ToolFunctions {
  const named = tools.map((tool) => {
    const run = toolFunctionOf(tool);
    if (run !== undefined) return [tool.function.name, run] as const;
    throw new ValidationError(
      `${CALL}: a tool has nothing to run. Make it with \`zodFunction\` or \`standardFunction\`, and give it a \`function\`.`,
    );
  });
  return new Map(named);
}

/**
 * Begins a run of tools; nothing is sent until it is read.
 *
 * @throws ValidationError or ConfigurationError when the run cannot be right.
 */
export function createToolRun<Format extends ResponseFormat | undefined>(
  { stream, ...request }: RunToolsRequest<Format>,
  { maxChatCompletions = 10, toolConcurrency = 10, ...options }: RunToolsOptions,
  calls: ChatCalls,
): ToolRun<OutputOf<Format>, StreamedToolRunStep<OutputOf<Format>>> {
  type Output = OutputOf<Format>;
  if (((request as ChatCompletionRequest).n ?? 1) > 1) {
    throw new ValidationError(
      `${CALL}: a conversation can go on with one answer only: leave \`n\` out.`,
    );
  }
  // Arguments are read as tools are run: what is wrong with them is told to the model.
  const outputs = new ChatOutputs<Output>({ response_format: request.response_format });

  async function* ask(
    turn: TurnRequest,
  ): AsyncGenerator<StreamedToolRunStep<Output>, ParsedChatCompletion<Output>, undefined> {
    const body = { ...request, ...turn };
    if (stream !== true) {
      const completion = await calls.complete(body, options);
      return outputs.parse(completion, { call: CALL });
    }
    const answer = await calls.stream(body, outputs, options);
    yield* answer.events();
    return answer.finalCompletion();
  }

  return new ToolRun({
    messages: request.messages,
    toolChoice: request.tool_choice,
    functions: functionsOf(request.tools),
    maxChatCompletions: wholeOption('maxChatCompletions', maxChatCompletions, { least: 1 }),
    toolConcurrency: wholeOption('toolConcurrency', toolConcurrency, { least: 1 }),
    signal: options.signal,
    runTool: calls.runTool,
    ask,
  });
}
