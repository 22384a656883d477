import { ValidationError, wholeOption } from '@integrations/errors';
import {
  type Caller,
  type CallOptions,
  type OutputOf,
  type StreamOptions,
  toolFunctionOf,
  type ToolFunctions,
  type WithRequestId,
} from '@integrations/provider';
import type { ParsedResponse } from '../parsed-response.ts';
import type { ParsedResponseStream } from '../parsed-response-stream.ts';
import type { Response } from '../response.ts';
import { ResponseOutputs } from '../response-outputs.ts';
import type { ResponseParseRequest, ResponseRequest, TextFormat } from '../response-request.ts';
import { ownTools } from '../tools/function-name.ts';
import { ResponseToolRun } from './response-tool-run.ts';
import type { StreamedResponseToolRunStep } from './response-tool-run-step.ts';

/** A request in which the model may call tools. */
export type ResponseRunToolsRequest<Format extends TextFormat | undefined = undefined> =
  ResponseParseRequest<Format> & {
    /**
     * Functions made by `zodResponsesFunction` or `standardResponsesFunction`, and tools that
     * the API runs itself. Output of other tools is yours to send: a response that calls only
     * such a tool is the last one.
     */
    readonly tools: NonNullable<ResponseRequest['tools']>;
    /** Whether responses are streamed: the steps then have the events of each. @default false */
    readonly stream?: boolean | null | undefined;
  };

/** How tools are run. A key against repetition would make all answers the first one. */
export interface ResponseRunToolsOptions extends Omit<StreamOptions, 'idempotencyKey'> {
  /** Answers of the model at most; one that still calls tools then is an error. @default 10 */
  readonly maxResponses?: number | undefined;
  /** Tools that are run at a time, of those that one answer calls. @default 10 */
  readonly toolConcurrency?: number | undefined;
}

/** How a run asks the model. */
export interface ResponseCalls {
  create(request: ResponseRequest, options: CallOptions): PromiseLike<WithRequestId<Response>>;
  stream<Output>(
    request: ResponseRequest,
    outputs: ResponseOutputs<Output>,
    options: StreamOptions,
  ): PromiseLike<ParsedResponseStream<Output>>;
  readonly runTool: Caller['runTool'];
}

const CALL = 'openai responses.runTools';

function functionsOf(tools: ResponseRequest['tools']): ToolFunctions {
  const named = [...ownTools(tools)].map(([name, tool]) => {
    const run = toolFunctionOf(tool);
    if (run !== undefined) return [name, run] as const;
    throw new ValidationError(
      `${CALL}: the tool "${name}" has nothing to run. Make it with \`zodResponsesFunction\` or \`standardResponsesFunction\`, and give it a \`function\`.`,
    );
  });
  return new Map(named);
}

/**
 * Begins a run of tools; nothing is sent until it is read.
 *
 * @throws ValidationError or ConfigurationError when the run cannot be right.
 */
export function createResponseToolRun<Format extends TextFormat | undefined>(
  { stream, ...request }: ResponseRunToolsRequest<Format>,
  { maxResponses = 10, toolConcurrency = 10, ...options }: ResponseRunToolsOptions,
  calls: ResponseCalls,
): ResponseToolRun<OutputOf<Format>, StreamedResponseToolRunStep<OutputOf<Format>>> {
  type Output = OutputOf<Format>;
  if (request.background === true) {
    throw new ValidationError(
      `${CALL}: a run needs each answer before it can go on: leave \`background\` out.`,
    );
  }
  // Arguments are read as tools are run: what is wrong with them is told to the model.
  const outputs = new ResponseOutputs<Output>({ text: request.text });

  async function* ask(
    turn: ResponseRequest,
  ): AsyncGenerator<StreamedResponseToolRunStep<Output>, ParsedResponse<Output>, undefined> {
    const body = { ...request, ...turn };
    if (stream !== true) {
      const response = await calls.create(body, options);
      return outputs.parse(response, { call: CALL, requestId: response.requestId });
    }
    const answer = await calls.stream(body, outputs, options);
    yield* answer;
    return answer.finalResponse();
  }

  return new ResponseToolRun({
    request,
    toolChoice: request.tool_choice,
    functions: functionsOf(request.tools),
    maxResponses: wholeOption('maxResponses', maxResponses, { least: 1 }),
    toolConcurrency: wholeOption('toolConcurrency', toolConcurrency, { least: 1 }),
    signal: options.signal,
    runTool: calls.runTool,
    ask,
  });
}
