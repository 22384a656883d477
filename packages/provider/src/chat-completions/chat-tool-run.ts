import { ProtocolError } from '@integrations/errors';
import type { Caller } from '../caller.ts';
import {
  runToolCalls,
  type ToolCallOutcome,
  type ToolCallRequest,
  type ToolFunctions,
} from '../tool-calls/run-tool-calls.ts';
import { StepRun } from '../tool-calls/step-run.ts';
import { tooManyTurns } from '../tool-calls/too-many-turns.ts';
import type { ChatDialect } from './chat-dialect.ts';
import { requireEnd } from './chat-outputs.ts';
import { sumUsage } from './completion-usage.ts';
import { contentText } from './content.ts';
import type { ChatToolRunStep } from './tool-run-step.ts';
import type { MessageOf, WireCompletion, WireUsage } from './wire-chat.ts';

/** An answer as the conversation goes on with it. */
export interface ToolTurn<RequestMessage> {
  /** What is sent back of the answer. */
  readonly message: RequestMessage;
  /** The calls in it, in their order. */
  readonly calls: readonly ToolCallRequest[];
}

/** How a provider's conversations go on after tools were called. */
export interface ToolRunRules<Completion extends WireCompletion, RequestMessage, ToolMessage> {
  readonly dialect: ChatDialect;
  /** @param place that of the answer in the conversation: how many messages come before it. */
  readonly toTurn: (message: MessageOf<Completion>, place: number) => ToolTurn<RequestMessage>;
  /** What the model is told of a call. */
  readonly toToolMessage: (outcome: ToolCallOutcome) => ToolMessage;
}

/** One turn of a run: what is said so far, and whether a tool must be called. */
export interface ToolRunRequest<RequestMessage, Choice> {
  readonly messages: readonly RequestMessage[];
  readonly tool_choice: Choice | undefined;
}

/** What a run of tools is made of. */
export interface ToolRunParts<
  Completion extends WireCompletion,
  RequestMessage,
  ToolMessage extends RequestMessage,
  Step,
  Choice,
> {
  readonly rules: ToolRunRules<Completion, RequestMessage, ToolMessage>;
  readonly messages: readonly RequestMessage[];
  readonly toolChoice: Choice | undefined;
  readonly functions: ToolFunctions;
  readonly maxChatCompletions: number;
  readonly toolConcurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly runTool: Caller['runTool'];
  /** Asks the model, telling what happens on the way. */
  readonly ask: (
    turn: ToolRunRequest<RequestMessage, Choice | 'auto'>,
  ) => AsyncGenerator<Step, Completion, undefined>;
}

/** How requests say that a tool must be called, whichever it is. */
const REQUIRED: ReadonlySet<unknown> = new Set(['required', 'any']);

/** The function that every answer has to call, if the request names one. */
function forcedFunction(choice: unknown): string | undefined {
  if (typeof choice !== 'object' || choice === null || !('function' in choice)) return undefined;
  const { name } = choice.function as { readonly name?: string };
  return name;
}

/**
 * A conversation that goes on by itself: the model is asked, the tools that it calls are run,
 * what they give back is told, until it answers without a call. The run proceeds as its
 * steps are read with `for await`, and leaving the loop ends it; or ask for one of the
 * finals, and it is read to its end.
 */
export class ChatToolRun<
  Completion extends WireCompletion,
  RequestMessage,
  ToolMessage extends RequestMessage,
  Step = never,
  Choice = unknown,
> extends StepRun<Step | ChatToolRunStep<Completion, ToolMessage>> {
  readonly #call: string;
  readonly #parts: ToolRunParts<Completion, RequestMessage, ToolMessage, Step, Choice>;
  readonly #messages: RequestMessage[];
  readonly #completions: Completion[] = [];

  constructor(parts: ToolRunParts<Completion, RequestMessage, ToolMessage, Step, Choice>) {
    const call = `${parts.rules.dialect.provider} chat.runTools`;
    super(call);
    this.#call = call;
    this.#parts = parts;
    this.#messages = [...parts.messages];
  }

  /** The conversation so far: what was given, answers and results of tools. */
  get messages(): readonly RequestMessage[] {
    return this.#messages;
  }

  /** The answers so far. */
  get completions(): readonly Completion[] {
    return this.#completions;
  }

  /**
   * The last answer. Runs to the end where nobody reads the steps.
   *
   * @throws what ended the run: TurnLimitError when the model still wanted tools at the
   *   limit, AbortedError, what a call of the API throws, or what reading an answer does.
   */
  async finalCompletion(): Promise<Completion> {
    await this.ended();
    const completion = this.#completions.at(-1);
    if (completion !== undefined) return completion;
    throw new ProtocolError(`${this.#call}: the run ended without an answer.`);
  }

  /** The message of the last answer. @throws as `finalCompletion()` does. */
  async finalMessage(): Promise<MessageOf<Completion>> {
    return this.#messageOf(await this.finalCompletion());
  }

  /** The text of the last answer. @throws as `finalCompletion()` does. */
  async finalContent(): Promise<string | null> {
    const { content } = await this.finalMessage();
    return contentText(content);
  }

  /** The tokens of all answers, as far as they were reported. @throws as `finalCompletion()` does. */
  async totalUsage(): Promise<NonNullable<Completion['usage']>> {
    await this.finalCompletion();
    const usages: readonly (WireUsage | null | undefined)[] = this.#completions.map(
      ({ usage }) => usage,
    );
    return sumUsage(usages) as NonNullable<Completion['usage']>;
  }

  protected override async *work(): AsyncGenerator<
    Step | ChatToolRunStep<Completion, ToolMessage>,
    void,
    undefined
  > {
    const { maxChatCompletions, ask, toolChoice, rules } = this.#parts;
    const forced = forcedFunction(toolChoice);
    for (let turn = 1; turn <= maxChatCompletions; turn += 1) {
      const completion = yield* ask({
        messages: [...this.#messages],
        // A tool that was required has been called; another time it is the model's choice.
        tool_choice: turn > 1 && REQUIRED.has(toolChoice) ? 'auto' : toolChoice,
      });
      this.#completions.push(completion);
      const answer = this.#messageOf(completion);
      const { message, calls } = rules.toTurn(answer, this.#messages.length);
      this.#messages.push(message);
      yield { type: 'completion', completion };
      if (calls.length === 0) return;
      const reason = completion.choices[0]?.finish_reason ?? null;
      requireEnd(reason, rules.dialect, { call: this.#call }, completion);
      if (turn === maxChatCompletions && forced === undefined) break;
      const results = yield* this.#runTools(answer, calls);
      // It would be called for ever.
      if (results.some(({ error, name }) => error === undefined && name === forced)) return;
    }
    throw tooManyTurns({
      call: this.#call,
      turns: maxChatCompletions,
      option: 'maxChatCompletions',
      transcript: 'messages',
    });
  }

  async *#runTools(
    answer: MessageOf<Completion>,
    calls: readonly ToolCallRequest[],
  ): AsyncGenerator<
    ChatToolRunStep<Completion, ToolMessage>,
    readonly ToolCallOutcome[],
    undefined
  > {
    const { functions, toolConcurrency: concurrency, signal, runTool, rules } = this.#parts;
    const outcomes = await runToolCalls(functions, calls, { concurrency, signal, runTool });
    const steps = outcomes.map((outcome) => ({
      message: rules.toToolMessage(outcome),
      error: outcome.error,
    }));
    // All at once: a conversation with half of its results is not one.
    this.#messages.push(...steps.map(({ message }) => message));
    for (const [at, call] of (answer.tool_calls ?? []).entries()) {
      const step = steps[at];
      if (step !== undefined) yield { type: 'tool_result', call, ...step };
    }
    return outcomes;
  }

  #messageOf({ choices: [choice] }: Completion): MessageOf<Completion> {
    if (choice !== undefined) return choice.message;
    throw new ProtocolError(`${this.#call}: the answer has no choices.`);
  }
}
