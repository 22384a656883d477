import { plainObject, validateWith } from '@integrations/provider';
import * as v from 'valibot';
import { filled, generationFields } from '../agents/agent-schema.ts';

type Validate = (body: unknown) => void;

function inputs(): v.GenericSchema {
  return v.union([v.string(), v.array(plainObject())]);
}

function completionArgs(): v.ObjectEntries {
  const { completion_args } = generationFields();
  return { completion_args } as v.ObjectEntries;
}

/** What can be known of a conversation before the API is asked. */
export const validateStart: Validate = validateWith('mistral conversations.start', () =>
  v.pipe(
    v.object({
      ...generationFields(),
      inputs: inputs(),
      model: v.nullish(filled()),
      agent_id: v.nullish(filled()),
    }),
    v.check(
      ({ model, agent_id: agent }) => Boolean(model ?? agent),
      'must have `model` or `agent_id`',
    ),
  ),
);

/** What can be known of what is appended before the API is asked. */
export const validateAppend: Validate = validateWith('mistral conversations.append', () =>
  v.object({
    ...completionArgs(),
    inputs: v.optional(inputs()),
    tool_confirmations: v.nullish(v.array(v.object({ tool_call_id: filled() }))),
  }),
);

/** What can be known of another beginning before the API is asked. */
export const validateRestart: Validate = validateWith('mistral conversations.restart', () =>
  v.object({ ...completionArgs(), from_entry_id: filled(), inputs: v.optional(inputs()) }),
);
