import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

type Validate = (body: unknown) => void;

const MOST_CHARACTERS = 500;

function text(): v.GenericSchema {
  return v.pipe(v.string(), v.nonEmpty());
}

function description(): v.GenericSchema {
  return v.nullish(v.pipe(v.string(), v.maxLength(MOST_CHARACTERS)));
}

/** Checks what `audio.voices.create` is given. */
export const validateVoice: Validate = validateWith('mistral audio.voices.create', () =>
  v.object({ name: text(), sample_audio: text(), description: description() }),
);

/** Checks what `audio.voices.update` is given. */
export const validateVoiceUpdate: Validate = validateWith('mistral audio.voices.update', () =>
  v.object({ name: v.nullish(text()), description: description() }),
);
