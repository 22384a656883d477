import { encodeVector } from '../../encode-vector.ts';

/** What the numbers of an embedding are. */
export type EmbeddingType = 'float' | 'int8' | 'uint8' | 'binary' | 'ubinary';

/** An embedding in the type and encoding that a request wants. The binary types have a bit for each dimension. */
export function encodeEmbedding(
  vector: Float32Array,
  type: EmbeddingType,
  encoding: 'float' | 'base64',
): number[] | string {
  if (type === 'float') return encodeVector(vector, encoding);
  const numbers = wholeNumbers(vector, type);
  return encoding === 'float'
    ? [...numbers]
    : Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function wholeNumbers(
  vector: Float32Array,
  type: Exclude<EmbeddingType, 'float'>,
): Int8Array | Uint8Array {
  if (type === 'int8') return Int8Array.from(vector, (value) => Math.round(value * 127));
  if (type === 'uint8') return Uint8Array.from(vector, (value) => Math.round((value + 1) * 127.5));
  const bytes = packBits(vector);
  return type === 'ubinary' ? bytes : Int8Array.from(bytes, (byte) => byte - 128);
}

/** The sign of every number, eight to a byte, the first in the highest bit. */
function packBits(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(vector.length / 8));
  for (const [index, value] of vector.entries()) {
    const at = index >> 3;
    if (value > 0) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (index & 7));
  }
  return bytes;
}
