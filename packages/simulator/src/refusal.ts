import type { JsonObject } from './json-value.ts';

/** A request turned down, in words every provider's error body can be made from. */
export interface Refusal {
  readonly status: number;
  /** Left out, the provider's usual words for the status are used. */
  readonly message?: string;
  readonly type?: string;
  readonly code?: string | null;
  readonly param?: string | null;
  /** The whole body, instead of one made from the fields above. */
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere in a handler to answer with `refusal`. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message ?? `The request was refused with ${refusal.status}.`);
    this.refusal = refusal;
  }
}
