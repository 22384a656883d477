import { ProtocolError } from '@integrations/errors';
import { decodeBase64 } from '../base64.ts';

const BYTES_PER_FLOAT = 4;

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}

const LITTLE_ENDIAN = /* @__PURE__ */ isLittleEndian();

function swapBytes(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += BYTES_PER_FLOAT) {
    view.setFloat32(at, view.getFloat32(at, true), false);
  }
}

/**
 * A vector from base64 of little-endian 32-bit floats, as APIs encode them.
 *
 * @param call for the message: `acme embeddings.create`.
 * @throws ProtocolError when the bytes are not whole floats.
 */
export function decodeFloat32(text: string, call: string): Float32Array {
  const bytes = decodeBase64(text);
  if (bytes.length === 0 || bytes.length % BYTES_PER_FLOAT !== 0) {
    throw new ProtocolError(
      `${call}: a vector has ${bytes.length} bytes, which is no whole number of 32-bit floats.`,
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
