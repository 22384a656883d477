import { validateWith } from '@integrations/provider';
import { z } from 'zod/mini';
import { metadataSchema } from '../responses/response-schema.ts';

/** The API's limit on the items of one request. */
const MOST_ITEMS = 20;

function items(): z.ZodMiniArray {
  return z
    .array(z.looseObject({}))
    .check(z.maxLength(MOST_ITEMS, `may have ${MOST_ITEMS} items at most`));
}

/** What can be known of a conversation before the API is asked. */
export const validateConversation: (request: unknown) => void = validateWith(
  'openai conversations.create',
  () => z.object({ items: z.nullish(items()), metadata: z.nullish(metadataSchema()) }),
);

/** What can be known of a change before the API is asked. */
export const validateConversationUpdate: (request: unknown) => void = validateWith(
  'openai conversations.update',
  () => z.object({ metadata: z.nullable(metadataSchema()) }),
);

/** What can be known of items before the API is asked. */
export const validateConversationItems: (request: unknown) => void = validateWith(
  'openai conversations.items.create',
  () => z.object({ items: items().check(z.minLength(1)) }),
);
