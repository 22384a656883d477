import { isJsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { WEBHOOK_EVENT_TYPES } from './webhook-event-types.ts';
import type { WebhookHub } from './webhook-hub.ts';

/** Something that the API shows, and how it stands. */
interface Standing {
  readonly id: string;
  /** How it is called in the types of events: `batch.completed`. */
  readonly event: string;
}

/**
 * The same routes, with an eye on their answers: an answer that shows for the first time
 * how a batch, a fine-tuning job, a video or a response in the background has ended makes
 * an event of it.
 */
export function watchEndings(routes: readonly Route[], hub: WebhookHub): Route[] {
  const told = new Map<string, string>();
  const look = (body: unknown): void => {
    const standing = standingOf(body);
    if (standing === undefined || told.get(standing.id) === standing.event) return;
    told.set(standing.id, standing.event);
    hub.emit(standing.event, standing.id);
  };
  return routes.map((route) => ({
    ...route,
    handle: async (request) => {
      const reply = await route.handle(request);
      if (reply.kind === 'json') look(reply.body);
      return reply;
    },
  }));
}

/** Undefined for what has not ended, or of which there are no events. */
function standingOf(body: unknown): Standing | undefined {
  if (!isJsonObject(body)) return undefined;
  const { id, object, status, background } = body;
  if (typeof id !== 'string' || typeof object !== 'string' || typeof status !== 'string')
    return undefined;
  if (object === 'response' && background !== true) return undefined;
  const event = `${object}.${status}`;
  return WEBHOOK_EVENT_TYPES.includes(event) ? { id, event } : undefined;
}
