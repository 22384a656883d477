import { isJsonObject, type JsonObject } from '../../json-value.ts';
import { optionalFlag, optionalMetadata } from '../request-fields.ts';
import { StoredObjects } from '../../stored-objects.ts';

/** A completion that can be asked for again. */
export interface StoredCompletion {
  readonly id: string;
  readonly model: string;
  readonly metadata: JsonObject | null;
  /** The answer as it was sent. */
  readonly completion: JsonObject;
  readonly messages: readonly { readonly id: string }[];
}

/** Request fields that come back with a stored completion. */
const ECHOED = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'seed', 'tools'];

/** The completions that were asked for with `store: true`. */
export class StoredCompletions extends StoredObjects<StoredCompletion> {
  constructor() {
    super('chat completion');
  }

  /** Keeps an answer if its request says so. @throws RequestRefused 400 when `store` or `metadata` is wrong */
  keep(request: JsonObject, completion: { readonly id: string; readonly model: string }): void {
    const metadata = optionalMetadata(request);
    if (optionalFlag(request, 'store') !== true) return;
    const echoed: JsonObject = Object.fromEntries(
      ECHOED.map((name) => [name, request[name] ?? null]),
    );
    const messages = Array.isArray(request['messages']) ? request['messages'] : [];
    this.add({
      id: completion.id,
      model: completion.model,
      metadata,
      completion: { ...echoed, ...completion },
      messages: messages
        .filter(isJsonObject)
        .map((message, at) => storedMessage(`${completion.id}-${at}`, message)),
    });
  }
}

/** A stored completion as the API shows it. */
export function storedObject({ completion, metadata }: StoredCompletion): JsonObject {
  return { ...completion, metadata };
}

/** Parts are kept beside the text, which is null then. */
function storedMessage(id: string, message: JsonObject): { readonly id: string } {
  const parts = Array.isArray(message['content']) ? message['content'] : null;
  const content = parts === null ? (message['content'] ?? null) : null;
  const stored = { ...message, id, content, content_parts: parts, name: message['name'] ?? null };
  return stored;
}
