import type { HttpStreamingBody } from '@integrations/types';

const encoder = new TextEncoder();

/** What Node.js has and a browser has not: it counts without making the bytes. */
const { Buffer: platformBuffer } = globalThis as {
  readonly Buffer?: { byteLength(text: string): number };
};

/** The bytes that a body will be sent as; undefined where that shows only as it is sent. */
export function byteLength(body: unknown): number | undefined {
  if (body instanceof Uint8Array) return body.length;
  if (typeof body === 'object' && body !== null) return (body as HttpStreamingBody).size;
  if (typeof body !== 'string') return undefined;
  return platformBuffer?.byteLength(body) ?? encoder.encode(body).length;
}
