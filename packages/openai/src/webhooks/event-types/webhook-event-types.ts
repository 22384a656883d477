import type {
  CallOptions,
  Caller,
  JsonEndpoint,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import type { WebhookEventTypeList } from '../webhook-endpoint.ts';

const list: JsonEndpoint<undefined, WebhookEventTypeList> = {
  operation: 'webhooks.event_types.list',
  method: 'GET',
  path: '/webhook_event_types',
  resultKey: 'data',
};

/** `/webhook_event_types`. */
export class WebhookEventTypes {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The events that the project may be told of. `GET /webhook_event_types` */
  list(options?: CallOptions): ResponsePromise<WithRequestId<WebhookEventTypeList>> {
    return this.#caller.call(list, {}, options);
  }
}
