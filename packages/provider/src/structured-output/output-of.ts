import type { HasOutputSchema } from './output-schema.ts';

/** What a format makes of an answer; a plain JSON schema gives JSON of any kind. */
export type OutputOf<Format> =
  Format extends HasOutputSchema<infer Output>
    ? Output
    : Format extends { readonly type: 'json_schema' }
      ? unknown
      : null;
