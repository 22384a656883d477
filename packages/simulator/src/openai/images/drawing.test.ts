import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { draw } from './drawing.ts';

/** The chunks of a PNG file by their types, each with its checksum checked. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
    at += length + 12;
  }
  return chunks;
}

describe('draw', () => {
  it.each([
    [16, 16],
    [33, 17],
    [1024, 1536],
  ])('makes a PNG of %i x %i', (width, height) => {
    const chunks = chunksOf(draw({ subject: 'a', width, height }));
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    const header = chunks.get('IHDR');
    expect([header?.readUInt32BE(0), header?.readUInt32BE(4)]).toEqual([width, height]);
    const pixels = inflateSync(chunks.get('IDAT') ?? '');
    expect(pixels).toHaveLength((1 + Math.ceil(width / 4)) * height);
  });

  it('makes the same of the same subject, and less of what is not finished', () => {
    const size = { width: 64, height: 64 };
    const whole = draw({ subject: 'a', ...size });
    expect(draw({ subject: 'a', ...size })).toEqual(whole);
    expect(draw({ subject: 'b', ...size })).not.toEqual(whole);
    expect(draw({ subject: 'a', ...size, finished: 0.5 })).not.toEqual(whole);
  });
});
