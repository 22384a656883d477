import { answer } from '../../answer.ts';
import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { RequestRefused } from '../../refusal.ts';
import { countTokens } from '../../tokens.ts';
import { epochSeconds } from '../../wall-time.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { newMessage, type Shown, type ShownMessage, textOf } from './assistant-objects.ts';

type RunStatus = 'queued' | 'in_progress' | 'requires_action' | 'completed' | 'cancelled';

/** A call of a function that a run waits for. */
interface FunctionCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** What happened while a run went on. */
export interface RunEvent {
  readonly event: string;
  readonly data: unknown;
}

/** What a run is made from. */
export interface RunParts {
  readonly thread: { readonly id: string; readonly messages: StoredObjects<ShownMessage> };
  readonly assistant: Shown;
  readonly request: JsonObject;
  readonly identifiers: Identifiers;
}

const LIFETIME_S = 600;

/**
 * An assistant at work on a thread, which goes on by one stage at each poll. Where a
 * function must be called it asks for that, with no arguments, once.
 */
export class Run {
  readonly id: string;
  readonly steps: StoredObjects<Shown> = new StoredObjects('run step');
  readonly #parts: RunParts;
  readonly #createdAt = epochSeconds();
  readonly #events: RunEvent[] = [];
  #status: RunStatus = 'queued';
  #calls: readonly FunctionCall[] = [];
  #hasCalled = false;
  #metadata: unknown;
  #usage: JsonObject | null = null;

  constructor(parts: RunParts) {
    this.id = `run_${parts.identifiers.next('run', 24)}`;
    this.#parts = parts;
    this.#metadata = parts.request['metadata'] ?? {};
    this.#tell('thread.run.created');
    this.#tell('thread.run.queued');
  }

  /** What has happened since this was asked for last. */
  takeEvents(): RunEvent[] {
    return this.#events.splice(0);
  }

  update({ metadata }: { readonly metadata: unknown }): void {
    this.#metadata = metadata ?? {};
  }

  /** Goes on by one stage; where it has ended, or waits, nothing happens. */
  advance(): void {
    if (this.#status === 'queued') this.#begin();
    else if (this.#status === 'in_progress') this.#work();
  }

  /** Goes on as far as it can. */
  finish(): void {
    while (this.#status === 'queued' || this.#status === 'in_progress') this.advance();
  }

  /** @throws RequestRefused 400 when the run has ended */
  cancel(): void {
    if (this.#status === 'completed' || this.#status === 'cancelled') {
      throw refuse(`Cannot cancel run with status '${this.#status}'.`);
    }
    this.#become('cancelled');
  }

  /** @throws RequestRefused 400 unless the run waits for just these */
  submit(outputs: readonly JsonObject[]): void {
    if (this.#status !== 'requires_action') {
      throw refuse(`Runs in status '${this.#status}' do not accept tool outputs.`);
    }
    const given = new Map(outputs.map((output) => [output['tool_call_id'], output['output']]));
    const lacking = this.#calls.find(({ id }) => !given.has(id));
    if (lacking !== undefined)
      throw refuse(`The output of the tool call ${lacking.id} is missing.`);
    const calls = this.#calls.map((call) => ({
      ...call,
      function: { ...call.function, output: given.get(call.id) ?? null },
    }));
    this.#addStep({ type: 'tool_calls', tool_calls: calls });
    this.#calls = [];
    this.#hasCalled = true;
    this.#become('queued');
  }

  /** As the API shows it. */
  get shown(): Shown {
    const { thread, assistant, request } = this.#parts;
    const own = (name: string, otherwise: unknown): unknown => request[name] ?? otherwise;
    const isOver = this.#status === 'completed';
    return {
      id: this.id,
      object: 'thread.run',
      created_at: this.#createdAt,
      started_at: this.#status === 'queued' ? null : this.#createdAt,
      expires_at: isOver ? null : this.#createdAt + LIFETIME_S,
      cancelled_at: this.#status === 'cancelled' ? epochSeconds() : null,
      completed_at: isOver ? epochSeconds() : null,
      failed_at: null,
      thread_id: thread.id,
      assistant_id: assistant.id,
      status: this.#status,
      required_action: this.#requiredAction,
      last_error: null,
      incomplete_details: null,
      model: own('model', assistant['model']),
      instructions: own('instructions', assistant['instructions'] ?? ''),
      tools: own('tools', assistant['tools']),
      tool_choice: own('tool_choice', 'auto'),
      parallel_tool_calls: own('parallel_tool_calls', true),
      response_format: own('response_format', assistant['response_format']),
      truncation_strategy: own('truncation_strategy', { type: 'auto', last_messages: null }),
      max_prompt_tokens: own('max_prompt_tokens', null),
      max_completion_tokens: own('max_completion_tokens', null),
      temperature: own('temperature', assistant['temperature']),
      top_p: own('top_p', assistant['top_p']),
      usage: this.#usage,
      metadata: this.#metadata,
    };
  }

  get #requiredAction(): unknown {
    if (this.#status !== 'requires_action') return null;
    return { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: this.#calls } };
  }

  #begin(): void {
    this.#become('in_progress');
  }

  #work(): void {
    const name = this.#hasCalled ? undefined : this.#wantedFunction();
    if (name === undefined) this.#answer();
    else this.#call(name);
  }

  /** The function that the tool choice demands. */
  #wantedFunction(): string | undefined {
    const { tools, tool_choice: choice } = this.shown;
    if (isJsonObject(choice) && isJsonObject(choice['function'])) {
      return String(choice['function']['name']);
    }
    if (choice !== 'required' || !Array.isArray(tools)) return undefined;
    const first = tools.filter(isJsonObject).find(({ type }) => type === 'function');
    return isJsonObject(first?.['function']) ? String(first['function']['name']) : undefined;
  }

  #call(name: string): void {
    const id = `call_${this.#parts.identifiers.next('call', 24)}`;
    this.#calls = [{ id, type: 'function', function: { name, arguments: '{}' } }];
    this.#become('requires_action');
  }

  #answer(): void {
    const { thread, assistant, identifiers } = this.#parts;
    const conversation = thread.messages.all.map((message) => ({
      role: message.role,
      text: textOf(message),
    }));
    const text = answer(conversation);
    const origin = { threadId: thread.id, assistantId: assistant.id, runId: this.id };
    const message = newMessage({ role: 'assistant', content: text }, origin, identifiers);
    this.#tellMessage(message, text);
    thread.messages.add(message);
    this.#addStep({ type: 'message_creation', message_creation: { message_id: message.id } });
    const prompt = conversation.reduce((sum, said) => sum + countTokens(said.text), 0);
    const completion = countTokens(text);
    this.#usage = {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    };
    this.#become('completed');
  }

  #addStep(details: JsonObject): void {
    const { thread, assistant, identifiers } = this.#parts;
    const now = epochSeconds();
    const step = {
      id: `step_${identifiers.next('step', 24)}`,
      object: 'thread.run.step',
      created_at: now,
      cancelled_at: null,
      completed_at: now,
      expired_at: null,
      failed_at: null,
      assistant_id: assistant.id,
      thread_id: thread.id,
      run_id: this.id,
      type: details['type'],
      status: 'completed',
      step_details: details,
      last_error: null,
      usage: null,
      metadata: null,
    };
    this.steps.add(step);
    this.#events.push({ event: 'thread.run.step.completed', data: step });
  }

  #tellMessage(message: ShownMessage, value: string): void {
    const begun = { ...message, status: 'in_progress', completed_at: null, content: [] };
    const content = [{ index: 0, type: 'text', text: { value, annotations: [] } }];
    const delta = { id: message.id, object: 'thread.message.delta', delta: { content } };
    this.#events.push(
      { event: 'thread.message.created', data: begun },
      { event: 'thread.message.delta', data: delta },
      { event: 'thread.message.completed', data: message },
    );
  }

  #become(status: RunStatus): void {
    this.#status = status;
    this.#tell(`thread.run.${status}`);
  }

  #tell(event: string): void {
    this.#events.push({ event, data: this.shown });
  }
}

function refuse(message: string): RequestRefused {
  return new RequestRefused({ status: 400, message, type: 'invalid_request_error', code: null });
}
