import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS_PER_PIXEL = 2;
const PIXELS_PER_BYTE = 8 / BITS_PER_PIXEL;
const INDEXED_COLOUR = 3;

/** A picture of four colours. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four colours of three bytes: red, green, blue. */
  readonly palette: Buffer;
  /** The colour at a place, 0 to 3. */
  readonly colourAt: (x: number, y: number) => number;
}

/** A picture as a PNG file. */
export function toPng(picture: Picture): Buffer {
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(picture)),
    chunk('PLTE', picture.palette),
    chunk('IDAT', deflateSync(scanlines(picture), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

function header({ width, height }: Picture): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([BITS_PER_PIXEL, INDEXED_COLOUR], 8);
  return bytes;
}

/** Each line begins with the number of its filter, which is 0 for none. */
function scanlines({ width, height, colourAt }: Picture): Buffer {
  const lineBytes = 1 + Math.ceil(width / PIXELS_PER_BYTE);
  const lines = Buffer.alloc(lineBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * lineBytes + 1 + Math.floor(x / PIXELS_PER_BYTE);
      const shift = 6 - BITS_PER_PIXEL * (x % PIXELS_PER_BYTE);
      lines[at] = (lines[at] ?? 0) | (colourAt(x, y) << shift);
    }
  }
  return lines;
}
