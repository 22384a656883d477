import { ProtocolError } from '@integrations/errors';
import type { Caller } from '@integrations/provider';
import {
  runToolCalls,
  type ToolCallRequest,
  type ToolFunctions,
} from '../../tool-calls/run-tool-calls.ts';
import { StepRun } from '../../tool-calls/step-run.ts';
import { tooManyTurns } from '../../tool-calls/too-many-turns.ts';
import type { ToolCall } from './chat-completion.ts';
import type { ChatMessage, ToolChoice } from './chat-completion-request.ts';
import { requireEnd } from './chat-outputs.ts';
import { forcedFunction, toRequestMessage } from './chat-turn.ts';
import { type CompletionUsage, sumUsage } from './completion-usage.ts';
import type { ParsedChatCompletion, ParsedMessage } from './parsed-completion.ts';
import type { ToolRunStep } from './tool-run-step.ts';

const CALL = 'openai chat.runTools';

/** One turn of a run: what is said so far, and whether a tool must be called. */
export interface TurnRequest {
  readonly messages: readonly ChatMessage[];
  readonly tool_choice: ToolChoice | undefined;
}

/** What a run of tools is made of. */
export interface ToolRunParts<Output, Step> {
  readonly messages: readonly ChatMessage[];
  readonly toolChoice: ToolChoice | undefined;
  readonly functions: ToolFunctions;
  readonly maxChatCompletions: number;
  readonly toolConcurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly runTool: Caller['runTool'];
  /** Asks the model, telling what happens on the way. */
  readonly ask: (
    turn: TurnRequest,
  ) => AsyncGenerator<Step, ParsedChatCompletion<Output>, undefined>;
}

function toCallRequest(call: ToolCall): ToolCallRequest {
  const { id } = call;
  if (call.type === 'custom') return { id, name: call.custom.name, arguments: call.custom.input };
  return { id, ...call.function };
}

/**
 * A conversation that goes on by itself: the model is asked, the tools that it calls are run,
 * what they give back is told, until it answers without a call. The run proceeds as its
 * steps are read with `for await`, and leaving the loop ends it; or ask for one of the
 * finals, and it is read to its end.
 */
export class ToolRun<Output, Step = ToolRunStep<Output>> extends StepRun<
  Step | ToolRunStep<Output>
> {
  readonly #parts: ToolRunParts<Output, Step>;
  readonly #messages: ChatMessage[];
  readonly #completions: ParsedChatCompletion<Output>[] = [];

  constructor(parts: ToolRunParts<Output, Step>) {
    super(CALL);
    this.#parts = parts;
    this.#messages = [...parts.messages];
  }

  /** The conversation so far: what was given, answers and results of tools. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** The answers so far. */
  get completions(): readonly ParsedChatCompletion<Output>[] {
    return this.#completions;
  }

  /**
   * The last answer. Runs to the end where nobody reads the steps.
   *
   * @throws what ended the run: TurnLimitError when the model still wanted tools at the
   *   limit, AbortedError, what a call of the API throws, or what reading an answer does.
   */
  async finalCompletion(): Promise<ParsedChatCompletion<Output>> {
    await this.ended();
    const completion = this.#completions.at(-1);
    if (completion !== undefined) return completion;
    throw new ProtocolError(`${CALL}: the run ended without an answer.`);
  }

  /** The message of the last answer. @throws as `finalCompletion()` does. */
  async finalMessage(): Promise<ParsedMessage<Output>> {
    return messageOf(await this.finalCompletion());
  }

  /** The text of the last answer. @throws as `finalCompletion()` does. */
  async finalContent(): Promise<string | null> {
    const { content } = await this.finalMessage();
    return content ?? null;
  }

  /** The tokens of all answers, as far as they were reported. @throws as `finalCompletion()` does. */
  async totalUsage(): Promise<CompletionUsage> {
    await this.finalCompletion();
    return sumUsage(this.#completions.map(({ usage }) => usage));
  }

  protected override async *work(): AsyncGenerator<Step | ToolRunStep<Output>, void, undefined> {
    const { maxChatCompletions, ask, toolChoice } = this.#parts;
    const forced = forcedFunction(toolChoice);
    for (let turn = 1; turn <= maxChatCompletions; turn += 1) {
      const completion = yield* ask({
        messages: [...this.#messages],
        // A tool that was required has been called; another time it is the model's choice.
        tool_choice: turn > 1 && toolChoice === 'required' ? 'auto' : toolChoice,
      });
      this.#completions.push(completion);
      const message = messageOf(completion);
      this.#messages.push(toRequestMessage(message));
      yield { type: 'completion', completion };
      const calls = message.tool_calls ?? [];
      if (calls.length === 0) return;
      requireEnd(completion.choices[0]?.finish_reason ?? null, { call: CALL }, completion);
      if (turn === maxChatCompletions && forced === undefined) break;
      const results = yield* this.#runTools(calls);
      // It would be called for ever.
      if (results.some(({ error, name }) => error === undefined && name === forced)) return;
    }
    throw tooManyTurns({
      call: CALL,
      turns: maxChatCompletions,
      option: 'maxChatCompletions',
      transcript: 'messages',
    });
  }

  async *#runTools(
    calls: readonly ToolCall[],
  ): AsyncGenerator<ToolRunStep<Output>, readonly { name: string; error: unknown }[], undefined> {
    const { functions, toolConcurrency: concurrency, signal, runTool } = this.#parts;
    const requests = calls.map(toCallRequest);
    const outcomes = await runToolCalls(functions, requests, { concurrency, signal, runTool });
    const steps = outcomes.map(({ id, content, error }) => ({
      message: { role: 'tool' as const, tool_call_id: id, content },
      error,
    }));
    // All at once: a conversation with half of its results is not one.
    this.#messages.push(...steps.map(({ message }) => message));
    for (const [at, call] of calls.entries()) {
      const step = steps[at];
      if (step !== undefined) yield { type: 'tool_result', call, ...step };
    }
    return outcomes;
  }
}

function messageOf<Output>({
  choices: [choice],
}: ParsedChatCompletion<Output>): ParsedMessage<Output> {
  if (choice !== undefined) return choice.message;
  throw new ProtocolError(`${CALL}: the answer has no choices.`);
}
