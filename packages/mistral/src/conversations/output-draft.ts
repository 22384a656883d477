import { argumentsText } from '@integrations/provider';
import type {
  AgentHandoffDoneEvent,
  AgentHandoffStartedEvent,
  ConversationEntryEvent,
  ConversationEvent,
  FunctionCallEvent,
  MessageOutputEvent,
  ToolExecutionDeltaEvent,
  ToolExecutionDoneEvent,
  ToolExecutionStartedEvent,
} from './conversation-event.ts';
import type { OutputEntry } from './entry.ts';
import { MessageContentDraft } from './message-content-draft.ts';

type ToolExecutionEvent =
  | ToolExecutionStartedEvent
  | ToolExecutionDeltaEvent
  | ToolExecutionDoneEvent;

type EntryOf<Type extends OutputEntry['type']> = Extract<OutputEntry, { type: Type }>;

/** Those of the members that an event has. */
function told<Event extends object, Name extends keyof Event>(
  event: Event,
  ...names: readonly Name[]
): Pick<Event, Name> {
  const members = names.filter((name) => event[name] !== undefined);
  return Object.fromEntries(members.map((name) => [name, event[name]])) as Pick<Event, Name>;
}

/** The outputs of an answer in the making, in the order of their beginnings. */
export class OutputDraft {
  readonly #entries = new Map<string, OutputEntry>();
  readonly #contents = new Map<string, MessageContentDraft>();

  /** As far as they have come. */
  get entries(): OutputEntry[] {
    return [...this.#entries.values()];
  }

  /** Fills in what an event tells of an entry, if it does. */
  add(event: ConversationEvent): void {
    switch (event.type) {
      case 'message.output.delta':
        this.#addContent(event);
        break;
      case 'function.call.delta':
        this.#addCall(event);
        break;
      case 'tool.execution.started':
      case 'tool.execution.delta':
        this.#execution(event).arguments += event.arguments;
        break;
      case 'tool.execution.done':
        Object.assign(this.#execution(event), told(event, 'info'), completed(event));
        break;
      case 'agent.handoff.started':
      case 'agent.handoff.done':
        this.#addHandoff(event);
        break;
      default:
    }
  }

  #addContent(event: MessageOutputEvent): void {
    const entry = this.#entry<'message.output'>(event, 'message.output', {
      ...told(event, 'agent_id', 'model'),
      role: 'assistant',
      content: '',
    });
    const draft = this.#contents.get(event.id) ?? new MessageContentDraft();
    this.#contents.set(event.id, draft);
    draft.add(event.content, event.content_index ?? 0);
    entry.content = draft.content;
  }

  #addCall(event: FunctionCallEvent): void {
    const { tool_call_id, name } = event;
    const entry = this.#entry<'function.call'>(event, 'function.call', {
      ...told(event, 'agent_id', 'model'),
      tool_call_id,
      name,
      arguments: '',
    });
    entry.arguments = argumentsText(entry.arguments) + argumentsText(event.arguments);
    Object.assign(entry, told(event, 'confirmation_status'));
  }

  #execution(event: ToolExecutionEvent): EntryOf<'tool.execution'> {
    const { name } = event;
    return this.#entry<'tool.execution'>(event, 'tool.execution', {
      ...(event.type === 'tool.execution.started' ? told(event, 'agent_id', 'model') : {}),
      name,
      arguments: '',
    });
  }

  #addHandoff(event: AgentHandoffStartedEvent | AgentHandoffDoneEvent): void {
    const entry = this.#entry<'agent.handoff'>(event, 'agent.handoff', NOBODY);
    if (event.type === 'agent.handoff.started') {
      Object.assign(entry, told(event, 'previous_agent_id', 'previous_agent_name'));
    } else {
      Object.assign(entry, told(event, 'next_agent_id', 'next_agent_name'), completed(event));
    }
  }

  /** The entry that an event is about, begun where it is new. */
  #entry<Type extends OutputEntry['type']>(
    event: ConversationEntryEvent,
    type: Type,
    members: Omit<EntryOf<Type>, 'type'>,
  ): EntryOf<Type> {
    // Each kind of entry for itself: nobody promises that ids are never used twice.
    const key = `${type} ${event.id}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known as EntryOf<Type>;
    const base = { object: 'entry', type, id: event.id, ...told(event, 'created_at') };
    const entry = { ...base, ...members } as unknown as EntryOf<Type>;
    this.#entries.set(key, entry);
    return entry;
  }
}

/** Whom the events of a handover have not named yet. */
const NOBODY = {
  previous_agent_id: '',
  previous_agent_name: '',
  next_agent_id: '',
  next_agent_name: '',
};

/** The event that ends an entry tells when it did. */
function completed({ created_at: at }: ConversationEntryEvent): { completed_at?: string } {
  return at === undefined ? {} : { completed_at: at };
}
