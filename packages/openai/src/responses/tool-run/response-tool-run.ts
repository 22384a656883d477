import { ProtocolError } from '@integrations/errors';
import {
  type Caller,
  runToolCalls,
  StepRun,
  type ToolCallOutcome,
  type ToolFunctions,
  tooManyTurns,
} from '@integrations/provider';
import type { ResponseInputItem } from '../items/item.ts';
import type { ParsedResponse } from '../parsed-response.ts';
import { requireWhole } from '../response-outputs.ts';
import type { ResponseRequest } from '../response-request.ts';
import { type ResponseUsage, sumResponseUsage } from '../response-usage.ts';
import { entryOf, fullName } from '../tools/function-name.ts';
import type { OwnToolCall, OwnToolOutput, ResponseToolRunStep } from './response-tool-run-step.ts';
import { type ResponseTurn, ResponseTurns, type ResponseTurnRequest } from './response-turns.ts';

const CALL = 'openai responses.runTools';

type ToolChoice = ResponseRequest['tool_choice'];

/** What a run of tools is made of. */
export interface ResponseToolRunParts<Output, Step> {
  readonly request: ResponseTurnRequest;
  readonly toolChoice: ToolChoice;
  readonly functions: ToolFunctions;
  readonly maxResponses: number;
  readonly toolConcurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly runTool: Caller['runTool'];
  /** Asks the model, telling what happens on the way. */
  readonly ask: (
    turn: ResponseTurn & { readonly tool_choice: ToolChoice },
  ) => AsyncGenerator<Step, ParsedResponse<Output>, undefined>;
}

/** A tool that was required has been called; another time it is the model's choice. */
function afterFirst(choice: ToolChoice): ToolChoice {
  if (choice === 'required') return 'auto';
  const isObject = typeof choice === 'object';
  return isObject && choice.type === 'allowed_tools' ? { ...choice, mode: 'auto' } : choice;
}

/** The function that every answer has to call, if the request names one. */
function forcedFunction(choice: ToolChoice): string | undefined {
  return typeof choice === 'object' && choice.type === 'function' ? choice.name : undefined;
}

function ownCalls({ output }: ParsedResponse<unknown>): OwnToolCall[] {
  return output.filter(
    ({ type }) => type === 'function_call' || type === 'custom_tool_call',
  ) as OwnToolCall[];
}

/** Whoever called gets the output: the model, or a program that it wrote. */
function toOutput(call: OwnToolCall, { content }: ToolCallOutcome): OwnToolOutput {
  const { call_id, caller } = call;
  const answer = { call_id, output: content, ...(caller ? { caller } : {}) };
  return call.type === 'function_call'
    ? { type: 'function_call_output', ...answer }
    : { type: 'custom_tool_call_output', ...answer };
}

/**
 * A conversation that goes on by itself: the model is asked, the functions that it calls are
 * run, what they give back is told, until it answers without a call of one. The run proceeds
 * as its steps are read with `for await`, and leaving the loop ends it; or ask for the final
 * response, and it is read to its end.
 */
export class ResponseToolRun<Output, Step = ResponseToolRunStep<Output>> extends StepRun<
  Step | ResponseToolRunStep<Output>
> {
  readonly #parts: ResponseToolRunParts<Output, Step>;
  readonly #turns: ResponseTurns;
  readonly #responses: ParsedResponse<Output>[] = [];

  constructor(parts: ResponseToolRunParts<Output, Step>) {
    super(CALL);
    this.#parts = parts;
    this.#turns = new ResponseTurns(parts.request);
  }

  /** The conversation so far, as input for another: what was given, answers and results of tools. */
  get items(): readonly ResponseInputItem[] {
    return this.#turns.items;
  }

  /** The answers so far, each with its usage. */
  get responses(): readonly ParsedResponse<Output>[] {
    return this.#responses;
  }

  /**
   * The last answer. Runs to the end where nobody reads the steps.
   *
   * @throws what ended the run: TurnLimitError when the model still wanted tools at the
   *   limit, AbortedError, what a call of the API throws, or what reading an answer does.
   */
  async finalResponse(): Promise<ParsedResponse<Output>> {
    await this.ended();
    const response = this.#responses.at(-1);
    if (response !== undefined) return response;
    throw new ProtocolError(`${CALL}: the run ended without an answer.`);
  }

  /** The text of the last answer. @throws as `finalResponse()` does. */
  async finalText(): Promise<string> {
    const { output_text: text } = await this.finalResponse();
    return text;
  }

  /** The tokens of all answers, as far as they were reported. @throws as `finalResponse()` does. */
  async totalUsage(): Promise<ResponseUsage> {
    await this.finalResponse();
    return sumResponseUsage(this.#responses.map(({ usage }) => usage));
  }

  protected override async *work(): AsyncGenerator<
    Step | ResponseToolRunStep<Output>,
    void,
    undefined
  > {
    const { maxResponses, ask, toolChoice } = this.#parts;
    const forced = forcedFunction(toolChoice);
    for (let turn = 1; turn <= maxResponses; turn += 1) {
      const response = yield* ask({
        ...this.#turns.next,
        tool_choice: turn === 1 ? toolChoice : afterFirst(toolChoice),
      });
      this.#responses.push(response);
      this.#turns.answered(response);
      yield { type: 'response', response };
      const calls = ownCalls(response);
      if (calls.length === 0) return;
      requireWhole(response, { call: CALL });
      if (turn === maxResponses && forced === undefined) break;
      const outcomes = yield* this.#runTools(response, calls);
      // It would be called for ever.
      if (outcomes.some(({ error, name }) => error === undefined && name === forced)) return;
    }
    throw tooManyTurns({
      call: CALL,
      turns: maxResponses,
      option: 'maxResponses',
      transcript: 'items',
    });
  }

  async *#runTools(
    response: ParsedResponse<Output>,
    calls: readonly OwnToolCall[],
  ): AsyncGenerator<ResponseToolRunStep<Output>, readonly ToolCallOutcome[], undefined> {
    const { functions, toolConcurrency: concurrency, signal, runTool } = this.#parts;
    const requests = calls.map((call) => ({
      id: call.call_id,
      name: call.type === 'function_call' ? entryOf(functions, call)[0] : fullName(call),
      arguments: call.type === 'function_call' ? call.arguments : call.input,
    }));
    const outcomes = await runToolCalls(functions, requests, { concurrency, signal, runTool });
    const steps = calls.flatMap((call, at) => {
      const outcome = outcomes[at];
      return outcome === undefined
        ? []
        : [{ call, output: toOutput(call, outcome), error: outcome.error }];
    });
    // All at once: a conversation with half of its results is not one.
    this.#turns.ran(
      response,
      steps.map(({ output }) => output),
    );
    for (const step of steps) yield { type: 'tool_result', ...step };
    return outcomes;
  }
}
