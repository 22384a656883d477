import { SerializationError } from '@integrations/errors';
import type { HttpRequestBody, HttpStreamingBody } from '@integrations/types';
import type { CallOptions } from './call-options.ts';

/** What is known of a body before any attempt. */
export interface DraftedBody {
  /**
   * Writes the body, once however often it is asked for. Not before an attempt begins:
   * calls that wait in line would hold all their texts.
   *
   * @throws SerializationError
   */
  readonly writeBody: (() => HttpRequestBody) | undefined;
  /** The body, where it is read as it is sent. */
  readonly upload: HttpStreamingBody | undefined;
  /** Undefined where the body knows its own best. */
  readonly contentType: string | undefined;
  /** Whether the body could not be read with any other type. @default false */
  readonly isTypeFixed?: boolean;
}

/** How the body of a request is sent: `JSON_BODY`, `FORM_BODY` or `RAW_BODY`. */
export interface BodyEncoding {
  /**
   * @param call which call it is for, in messages: `openai files.create`.
   * @throws ValidationError for a body that cannot be sent like this.
   */
  readonly draft: (body: unknown, options: CallOptions, call: string) => DraftedBody;
  /** The body as logs may show it: without what is in its files. */
  readonly shown: (body: unknown) => unknown;
}

function serialize(body: unknown, call: string): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(body);
  } catch (cause) {
    throw new SerializationError(
      `${call}: the request cannot be written as JSON (${cause instanceof Error ? cause.message : String(cause)}); nothing was sent.`,
      { cause },
    );
  }
  if (json !== undefined) return json;
  throw new SerializationError(
    `${call}: the request cannot be written as JSON (it is a ${typeof body}); nothing was sent.`,
  );
}

/** As JSON. */
export const JSON_BODY: BodyEncoding = {
  draft: (body, _options, call) => {
    let written: string | undefined;
    return {
      writeBody: () => (written ??= serialize(body, call)),
      upload: undefined,
      contentType: 'application/json',
    };
  },
  shown: (body) => body,
};
