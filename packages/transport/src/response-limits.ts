import { countOption } from '@integrations/errors';

/** How much every transport takes of a response. */
export interface ResponseLimitOptions {
  /** Largest body that `send` reads, in bytes, after any decoding. @default 268435456 (256 MiB) */
  readonly maxResponseBytes?: number | undefined;
  /** Unread bytes of a stream at which reading ahead stops, so the server waits. @default 65536 (64 KiB) */
  readonly streamBufferBytes?: number | undefined;
  /** Redirects followed for one request; one more is a `ProtocolError`. @default 5 */
  readonly maxRedirects?: number | undefined;
}

/** The limits with their defaults. */
export interface ResponseLimits {
  readonly maxResponseBytes: number;
  readonly streamBufferBytes: number;
  readonly maxRedirects: number;
}

/** @throws ConfigurationError that names the option which is wrong. */
export function resolveResponseLimits(options: ResponseLimitOptions): ResponseLimits {
  const maxResponseBytes = options.maxResponseBytes ?? 2 ** 28;
  const streamBufferBytes = options.streamBufferBytes ?? 2 ** 16;
  return {
    maxResponseBytes: countOption('maxResponseBytes', maxResponseBytes, { least: 0 }),
    streamBufferBytes: countOption('streamBufferBytes', streamBufferBytes, { least: 1 }),
    maxRedirects: countOption('maxRedirects', options.maxRedirects ?? 5, { least: 0 }),
  };
}
