import type { RequestSchema } from '@integrations/provider';
import * as v from 'valibot';

/** A text, or a list of them. */
export function texts(): RequestSchema {
  return v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1))]);
}

function turns(): v.GenericSchema {
  return v.pipe(v.array(v.object({ role: v.string() })), v.minLength(1));
}

/** The messages of a conversation, or of several. */
export function messages(): RequestSchema {
  return v.union([turns(), v.pipe(v.array(turns()), v.minLength(1))]);
}

/** A conversation as an object, or a list of them. */
export function conversations(): RequestSchema {
  const one = v.object({ messages: turns() });
  return v.union([one, v.pipe(v.array(one), v.minLength(1))]);
}
