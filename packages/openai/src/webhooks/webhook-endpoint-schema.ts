import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

const text = (): v.GenericSchema => v.pipe(v.string(), v.nonEmpty());
const eventTypes = (): v.GenericSchema => v.pipe(v.array(text()), v.nonEmpty());

/** @throws ValidationError when there can be no such endpoint. */
export const validateEndpoint: (request: unknown) => void = validateWith(
  'openai webhooks.create',
  () => v.object({ name: text(), url: v.pipe(v.string(), v.url()), event_types: eventTypes() }),
);

/** @throws ValidationError when an endpoint cannot become so. */
export const validateUpdate: (request: unknown) => void = validateWith(
  'openai webhooks.update',
  () =>
    v.object({
      name: v.optional(text()),
      url: v.optional(v.pipe(v.string(), v.url())),
      event_types: v.optional(eventTypes()),
    }),
);

/** @throws ValidationError when no event is named. */
export const validateTest: (request: unknown) => void = validateWith('openai webhooks.test', () =>
  v.object({ event_type: text() }),
);
