import { formParts, type ListNames, MultipartBody } from '@integrations/transport';
import type { BodyEncoding, DraftedBody } from './body-encoding.ts';
import type { CallOptions } from './call-options.ts';
import { readUploadable } from './uploadable.ts';

function shownValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shownValue);
  return readUploadable(value) === undefined ? value : '[file]';
}

function shownForm(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, shownValue(value)]));
}

function draftForm(
  body: unknown,
  { onUploadProgress: onProgress }: CallOptions,
  lists: ListNames,
): DraftedBody {
  const parts = formParts(body as object, readUploadable, lists);
  const form = new MultipartBody(parts, { onProgress });
  return {
    writeBody: () => form,
    upload: form,
    contentType: form.contentType,
    // The boundary is in it.
    isTypeFixed: true,
  };
}

/** As a form that may hold files; the items of a list are named `tags[]`. */
export const FORM_BODY: BodyEncoding = {
  draft: (body, options) => draftForm(body, options, 'brackets'),
  shown: shownForm,
};

/** The same, but that each item of a list has the name of the list. */
export const REPEATING_FORM_BODY: BodyEncoding = {
  draft: (body, options) => draftForm(body, options, 'repeated'),
  shown: shownForm,
};
