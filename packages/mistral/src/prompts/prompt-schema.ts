import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

type Validate = (body: unknown) => void;

function text(): v.GenericSchema {
  return v.pipe(v.string(), v.nonEmpty());
}

function definition(): v.GenericSchema {
  return v.object({
    content: v.string(),
    variables: v.optional(v.array(v.object({ name: text() }))),
  });
}

function aliases(): v.GenericSchema {
  return v.optional(v.array(text()));
}

/** Checks what `prompts.create` is given. */
export const validatePrompt: Validate = validateWith('mistral prompts.create', () =>
  v.object({ name: text(), definition: definition(), aliases: aliases() }),
);

/** Checks what `prompts.versions.create` is given. */
export const validatePromptVersion: Validate = validateWith('mistral prompts.versions.create', () =>
  v.object({ definition: definition(), aliases: aliases() }),
);

/** Checks what `prompts.versions.update` is given. */
export const validatePromptVersionUpdate: Validate = validateWith(
  'mistral prompts.versions.update',
  () => v.object({ aliases: v.optional(v.object({ values: aliases() })) }),
);
