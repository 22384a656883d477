import { createHash } from 'node:crypto';
import { toPng } from './png.ts';

/** Fields in each direction. */
const FIELDS = 8;

/** What to draw. */
export interface DrawingRequest {
  /** The same gives the same picture. */
  readonly subject: string;
  readonly width: number;
  readonly height: number;
  /** How much of it is finished, from 0 to 1. @default 1 */
  readonly finished?: number;
}

/** A picture of coloured fields, as PNG; what is not finished of it has one colour. */
export function draw({ subject, width, height, finished = 1 }: DrawingRequest): Buffer {
  const digest = createHash('sha256').update(subject).digest();
  const end = Math.ceil(FIELDS * FIELDS * finished);
  const colourAt = (x: number, y: number): number => {
    const column = Math.floor((x * FIELDS) / width);
    const field = Math.floor((y * FIELDS) / height) * FIELDS + column;
    if (field >= end) return 0;
    return ((digest[field >> 2] ?? 0) >> (2 * (field & 3))) & 3;
  };
  return toPng({ width, height, palette: digest.subarray(16, 28), colourAt });
}
