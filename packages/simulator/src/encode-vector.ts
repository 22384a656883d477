/** Enough digits to tell any two single-precision numbers apart. */
const FLOAT_DIGITS = 9;

/** A vector as numbers, or as base64 of its little-endian single-precision floats. */
export function encodeVector(
  vector: Float32Array,
  encoding: 'float' | 'base64',
): number[] | string {
  if (encoding === 'float')
    return Array.from(vector, (value) => Number(value.toPrecision(FLOAT_DIGITS)));
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
