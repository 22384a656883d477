import * as v from 'valibot';
import type { RequestSchema } from './request-validation.ts';

/** Something that can be uploaded: what kind it is shows when it is read. */
export function uploadableSchema(): RequestSchema {
  return v.custom<object>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a File, a Blob, bytes, a Response, a stream, or what fileFromPath() or toStreamingFile() makes',
  );
}
