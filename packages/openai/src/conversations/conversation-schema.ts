import { plainObject, validateWith } from '@integrations/provider';
import * as v from 'valibot';
import { metadataSchema } from '../responses/response-schema.ts';

/** The API's limit on the items of one request. */
const MOST_ITEMS = 20;

function items(): v.GenericSchema<unknown[]> {
  return v.pipe(
    v.array(plainObject()),
    v.maxLength(MOST_ITEMS, `may have ${MOST_ITEMS} items at most`),
  );
}

/** What can be known of a conversation before the API is asked. */
export const validateConversation: (request: unknown) => void = validateWith(
  'openai conversations.create',
  () => v.object({ items: v.nullish(items()), metadata: v.nullish(metadataSchema()) }),
);

/** What can be known of a change before the API is asked. */
export const validateConversationUpdate: (request: unknown) => void = validateWith(
  'openai conversations.update',
  () => v.object({ metadata: v.nullable(metadataSchema()) }),
);

/** What can be known of items before the API is asked. */
export const validateConversationItems: (request: unknown) => void = validateWith(
  'openai conversations.items.create',
  () => v.object({ items: v.pipe(items(), v.nonEmpty()) }),
);
