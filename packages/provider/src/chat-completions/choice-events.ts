import type { AnswerPlace } from '../structured-output/unreadable-answer.ts';
import type { ChoiceEvent } from './chat-event.ts';
import type { ChatOutputs } from './chat-outputs.ts';
import type { ChoiceDraft } from './choice-draft.ts';
import { contentText, thinkingText } from './content.ts';
import { argumentsText } from './tool-call-draft.ts';
import type { WireChunkChoice, WireCompletion } from './wire-chat.ts';

/** Whether a text is all of a JSON value, so that nothing can follow. */
function isComplete(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** Tells what happens in one of the answers of a stream. */
export class ChoiceEvents<Output = unknown> {
  readonly #choice: number;
  readonly #draft: ChoiceDraft;
  readonly #outputs: ChatOutputs<WireCompletion, Output>;
  readonly #place: AnswerPlace;
  /** What has been said to be done. */
  readonly #done = new Set<string>();
  #latestCall: number | undefined;

  constructor(
    choice: number,
    draft: ChoiceDraft,
    outputs: ChatOutputs<WireCompletion, Output>,
    place: AnswerPlace,
  ) {
    this.#choice = choice;
    this.#draft = draft;
    this.#outputs = outputs;
    this.#place = place;
  }

  /** What a piece changes, once the draft has it. */
  *of(piece: WireChunkChoice): Generator<ChoiceEvent<Output>> {
    const choice = this.#choice;
    const { logprobs } = piece;
    // Some servers end an answer without one.
    const delta = piece.delta ?? {};
    yield* this.#thinkingDelta(thinkingText(delta.content));
    const content = contentText(delta.content);
    const { text, refusal } = this.#draft;
    if (content && text !== null) {
      yield* this.#endThinking();
      yield { type: 'content.delta', choice, delta: content, snapshot: text };
    }
    if (delta.refusal && refusal !== null) {
      yield { type: 'refusal.delta', choice, delta: delta.refusal, snapshot: refusal };
    }
    if (logprobs) yield* this.#logprobs(logprobs);
    for (const call of delta.tool_calls ?? []) {
      const index = this.#draft.toolCalls.indexOf(call);
      yield* this.#beginCall(index);
      yield* this.#argumentsDelta(index, argumentsText(call.function?.arguments));
    }
    if (this.#draft.finishReason === null) return;
    this.#outputs.requireEnd(this.#draft.finishReason, this.#place);
    yield* this.#endText();
    for (const index of this.#draft.toolCalls.indices()) yield* this.#argumentsDone(index);
  }

  *#logprobs({
    content,
    refusal,
  }: NonNullable<WireChunkChoice['logprobs']>): Generator<ChoiceEvent<Output>> {
    const choice = this.#choice;
    const all = this.#draft.logprobs;
    if (content !== null && content !== undefined) {
      yield { type: 'logprobs.content.delta', choice, content, snapshot: all?.content ?? [] };
    }
    if (refusal !== null && refusal !== undefined) {
      yield { type: 'logprobs.refusal.delta', choice, refusal, snapshot: all?.refusal ?? [] };
    }
  }

  /** A call begins where the text has ended, and the call before it, if nothing of that is missing. */
  *#beginCall(index: number): Generator<ChoiceEvent<Output>> {
    if (index === this.#latestCall) return;
    yield* this.#endText();
    const previous = this.#latestCall;
    this.#latestCall = index;
    if (previous === undefined) return;
    if (isComplete(this.#draft.toolCalls.get(previous)?.arguments ?? '')) {
      yield* this.#argumentsDone(previous);
    }
  }

  *#argumentsDelta(index: number, piece: string): Generator<ChoiceEvent<Output>> {
    const draft = this.#draft.toolCalls.get(index);
    const name = draft?.functionName;
    if (draft === undefined || name === undefined) return;
    yield {
      type: 'tool_calls.function.arguments.delta',
      choice: this.#choice,
      index,
      name,
      arguments_delta: piece,
      arguments: draft.arguments,
    };
  }

  *#argumentsDone(index: number): Generator<ChoiceEvent<Output>> {
    const draft = this.#draft.toolCalls.get(index);
    const name = draft?.functionName;
    if (draft === undefined || name === undefined || !this.#isNew(`call ${index}`)) return;
    const text = draft.arguments;
    yield {
      type: 'tool_calls.function.arguments.done',
      choice: this.#choice,
      index,
      name,
      arguments: text,
      parsed_arguments: this.#outputs.parseArguments(name, text, this.#place),
    };
  }

  *#thinkingDelta(delta: string | null): Generator<ChoiceEvent<Output>> {
    const { thinking } = this.#draft;
    if (!delta || thinking === null) return;
    // It may think again after it has written.
    this.#done.delete('thinking');
    yield { type: 'thinking.delta', choice: this.#choice, delta, snapshot: thinking };
  }

  *#endThinking(): Generator<ChoiceEvent<Output>> {
    const { thinking } = this.#draft;
    if (!thinking || !this.#isNew('thinking')) return;
    yield { type: 'thinking.done', choice: this.#choice, thinking };
  }

  *#endText(): Generator<ChoiceEvent<Output>> {
    yield* this.#endThinking();
    const choice = this.#choice;
    const { text: content, refusal, logprobs, toolCalls } = this.#draft;
    const isText = content || (content === '' && !refusal && toolCalls.size === 0);
    if (isText && this.#isNew('content')) {
      const parsed = refusal ? null : this.#outputs.parseContent(content, this.#place);
      yield { type: 'content.done', choice, content, parsed };
    }
    if (refusal && this.#isNew('refusal')) yield { type: 'refusal.done', choice, refusal };
    const { content: tokens, refusal: refusalTokens } = logprobs ?? {};
    if (tokens && this.#isNew('content logprobs')) {
      yield { type: 'logprobs.content.done', choice, content: tokens, snapshot: tokens };
    }
    if (refusalTokens && this.#isNew('refusal logprobs')) {
      const all = refusalTokens;
      yield { type: 'logprobs.refusal.done', choice, refusal: all, snapshot: all };
    }
  }

  #isNew(what: string): boolean {
    if (this.#done.has(what)) return false;
    this.#done.add(what);
    return true;
  }
}
