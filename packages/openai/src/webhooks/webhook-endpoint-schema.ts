import { validateWith } from '@integrations/provider';
import { z } from 'zod/mini';

const text = (): z.ZodMiniType => z.string().check(z.minLength(1));
const eventTypes = (): z.ZodMiniType => z.array(text()).check(z.minLength(1));

/** @throws ValidationError when there can be no such endpoint. */
export const validateEndpoint: (request: unknown) => void = validateWith(
  'openai webhooks.create',
  () => z.object({ name: text(), url: z.url(), event_types: eventTypes() }),
);

/** @throws ValidationError when an endpoint cannot become so. */
export const validateUpdate: (request: unknown) => void = validateWith(
  'openai webhooks.update',
  () =>
    z.object({
      name: z.optional(text()),
      url: z.optional(z.url()),
      event_types: z.optional(eventTypes()),
    }),
);

/** @throws ValidationError when no event is named. */
export const validateTest: (request: unknown) => void = validateWith('openai webhooks.test', () =>
  z.object({ event_type: text() }),
);
