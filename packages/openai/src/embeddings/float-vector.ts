import { ProtocolError } from '@integrations/errors';

const BYTES_PER_FLOAT = 4;

/** What browsers and newer runtimes have, and older ones do not. */
interface Base64Decoder {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

/** Node's own decoder, where there is one: ten times faster than `atob`. */
interface NodeGlobal {
  readonly Buffer?: { from(text: string, encoding: 'base64'): Uint8Array };
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as NodeGlobal;
  // A copy: Node's small buffers begin anywhere in a shared block, and floats must be aligned.
  if (Buffer !== undefined) return Uint8Array.from(Buffer.from(text, 'base64'));
  const native: Uint8ArrayConstructor & Base64Decoder = Uint8Array;
  if (native.fromBase64 !== undefined) return native.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += BYTES_PER_FLOAT) {
    view.setFloat32(at, view.getFloat32(at, true), false);
  }
}

/**
 * A vector from base64 of little-endian 32-bit floats, as the API encodes them.
 *
 * @throws ProtocolError when the bytes are not whole floats.
 */
export function decodeFloat32(text: string): Float32Array {
  const bytes = decodeBase64(text);
  if (bytes.length === 0 || bytes.length % BYTES_PER_FLOAT !== 0) {
    throw new ProtocolError(
      `openai embeddings.create: a vector has ${bytes.length} bytes, which is no whole number of 32-bit floats.`,
    );
  }
  if (!LITTLE_ENDIAN) swapBytes(bytes);
  return new Float32Array(bytes.buffer);
}

/** The same numbers in a plain array. A loop: `Array.from` takes many times longer. */
export function toNumbers(vector: Float32Array): number[] {
  const numbers = new Array<number>(vector.length);
  for (let at = 0; at < vector.length; at += 1) numbers[at] = vector[at] as number;
  return numbers;
}
