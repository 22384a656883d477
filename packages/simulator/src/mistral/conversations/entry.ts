import type { Identifiers } from '../../identifiers.ts';
import type { JsonObject } from '../../json-value.ts';
import { isoNow } from '../../wall-time.ts';
import type { GivenEntry } from './entry-shape.ts';

/** An entry of a conversation as the API shows it. */
export type Entry = GivenEntry & {
  readonly object: 'entry';
  readonly id: string;
  readonly created_at: string;
  readonly completed_at: string | null;
};

const PREFIXES: Readonly<Record<GivenEntry['type'], string>> = {
  'message.input': 'msg',
  'message.output': 'msg',
  'function.call': 'fc',
  'function.result': 'fc_res',
  'tool.execution': 'tool_exec',
  'agent.handoff': 'handoff',
};

/** Gives an entry an id and a time, its own if it has them. */
export function toEntry(given: GivenEntry, identifiers: Identifiers): Entry {
  const members = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as GivenEntry & JsonObject;
  const now = isoNow();
  const id = `${PREFIXES[given.type]}_${identifiers.nextHex('entry', 32)}`;
  return { object: 'entry', id, created_at: now, completed_at: now, ...members };
}
