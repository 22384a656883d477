import { type IntegrationError, ProtocolError, ResponseTooLargeError } from '@integrations/errors';
import type { Headers } from '@integrations/types';

/** The error for a body that is larger than the limit. */
export function tooLarge(call: string, status: number, limit: number): ResponseTooLargeError {
  return new ResponseTooLargeError(
    `${call}: the response is larger than ${limit} bytes and was not read further; raise maxResponseBytes if such responses are expected.`,
    { status },
  );
}

/** The error for a body that is encoded; undefined for a plain one. */
export function encodingProblem(
  call: string,
  status: number,
  headers: Headers,
): IntegrationError | undefined {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') return undefined;
  return new ProtocolError(
    `${call}: the response is encoded with ${encoding}, which was not asked for and is not decoded; remove any accept-encoding header and check what proxies do.`,
    { status },
  );
}

/** Whether the head announces more bytes than the limit. */
export function announcesMoreThan(headers: Headers, limit: number): boolean {
  const announced = headers['content-length'];
  return announced !== undefined && Number(announced) > limit;
}

/** One array of all chunks, without a copy where there is one chunk only. */
export function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
