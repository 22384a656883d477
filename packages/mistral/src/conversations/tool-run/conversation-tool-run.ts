import { ProtocolError } from '@integrations/errors';
import {
  argumentsText,
  type Caller,
  runToolCalls,
  StepRun,
  tooManyTurns,
  type ToolFunctions,
} from '@integrations/provider';
import type { ConversationResponse } from '../conversation-response.ts';
import type { FunctionCallEntry, FunctionResultEntry } from '../entry.ts';
import { outputText } from '../output-text.ts';
import type {
  ConversationToolResultStep,
  ConversationToolRunStep,
} from './conversation-tool-run-step.ts';

/** What is called, for messages. */
export const CALL = 'mistral conversations.runTools';

/** What a run is made of. */
export interface ConversationToolRunParts {
  readonly functions: ToolFunctions;
  readonly maxResponses: number;
  readonly toolConcurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly runTool: Caller['runTool'];
  /** Asks for the first time. */
  readonly begin: () => PromiseLike<ConversationResponse>;
  /** Tells what functions gave back. */
  readonly goOn: (
    conversationId: string,
    results: readonly FunctionResultEntry[],
  ) => PromiseLike<ConversationResponse>;
}

/**
 * A conversation that goes on by itself: the functions that the model calls are run, and
 * what they give back is told, until it answers without a call of one. The run proceeds as
 * its steps are read with `for await`, and leaving the loop ends it; or ask for the final
 * response, and it is read to its end.
 */
export class ConversationToolRun extends StepRun<ConversationToolRunStep> {
  readonly #parts: ConversationToolRunParts;
  readonly #responses: ConversationResponse[] = [];

  constructor(parts: ConversationToolRunParts) {
    super(CALL);
    this.#parts = parts;
  }

  /** The answers so far, each with its usage. */
  get responses(): readonly ConversationResponse[] {
    return this.#responses;
  }

  /**
   * The last answer. Runs to the end where nobody reads the steps.
   *
   * @throws what ended the run: TurnLimitError when the model still wanted functions at the
   *   limit, AbortedError, or what a call of the API throws.
   */
  async finalResponse(): Promise<ConversationResponse> {
    await this.ended();
    const response = this.#responses.at(-1);
    if (response !== undefined) return response;
    throw new ProtocolError(`${CALL}: the run ended without an answer.`);
  }

  /** The text of the last answer. @throws as `finalResponse()` does. */
  async finalText(): Promise<string> {
    const { outputs } = await this.finalResponse();
    return outputText(outputs);
  }

  protected override async *work(): AsyncGenerator<ConversationToolRunStep, void, undefined> {
    const { begin, goOn, maxResponses } = this.#parts;
    let response = await begin();
    for (let turn = 1; ; turn += 1) {
      this.#responses.push(response);
      yield { type: 'response', response };
      const calls = response.outputs.filter((entry) => entry.type === 'function.call');
      if (calls.length === 0) return;
      if (turn === maxResponses) break;
      const steps = await this.#runTools(calls);
      yield* steps;
      const results = steps.map(({ result }) => result);
      response = await goOn(response.conversation_id, results);
    }
    throw tooManyTurns({
      call: CALL,
      turns: maxResponses,
      option: 'maxResponses',
      transcript: 'responses',
    });
  }

  async #runTools(
    calls: readonly FunctionCallEntry[],
  ): Promise<readonly ConversationToolResultStep[]> {
    const { functions, toolConcurrency: concurrency, signal, runTool } = this.#parts;
    const requests = calls.map(({ tool_call_id: id, name, arguments: written }) => ({
      id,
      name,
      arguments: argumentsText(written),
    }));
    const outcomes = await runToolCalls(functions, requests, { concurrency, signal, runTool });
    return calls.flatMap((call, at) => {
      const outcome = outcomes[at];
      if (outcome === undefined) return [];
      const { id: tool_call_id, content, error } = outcome;
      const result = { type: 'function.result', tool_call_id, result: content } as const;
      return [{ type: 'tool_result', call, result, error } as const];
    });
  }
}
