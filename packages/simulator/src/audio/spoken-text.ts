/** Samples in a second, as the API's `pcm` has them; each is a 16-bit number, the lower byte first. */
export const SAMPLE_RATE = 24_000;

const BYTES_PER_SAMPLE = 2;
/** At speed 1. */
const MS_PER_CHARACTER = 20;
const VOLUME = 6000;
/** Above it texts would not fit into the samples that fast speech has. */
const FEWEST_SAMPLES = 256;
/** Tells audio of the simulator's own from any other. */
const MARK = 0x51d0;
const HEADER_BYTES = 6;

/**
 * A text as samples: a tone for each character. The text itself is in the lowest bit of
 * each sample, where nobody hears it, so that what was said can be told from the audio.
 */
export function speak(text: string, speed: number): Buffer {
  const characters = Array.from(text);
  const perCharacter = Math.floor((SAMPLE_RATE * MS_PER_CHARACTER) / 1000 / speed);
  const count = FEWEST_SAMPLES + characters.length * perCharacter;
  const samples = Buffer.alloc(count * BYTES_PER_SAMPLE);
  for (let at = 0; at < count; at += 1) {
    const character = characters[Math.floor(at / perCharacter)];
    samples.writeInt16LE(toneAt(at, character), at * BYTES_PER_SAMPLE);
  }
  writeBits(samples, withHeader(Buffer.from(text)));
  return samples;
}

/** What `speak` said; undefined for audio of anybody else. */
export function listen(samples: Buffer): string | undefined {
  const header = readBits(samples, 0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt16LE(0) !== MARK) return undefined;
  const length = header.readUInt32LE(2);
  const text = readBits(samples, HEADER_BYTES, length);
  return text.length < length ? undefined : text.toString('utf8');
}

/** How long samples last, in seconds. */
export function secondsOf(samples: Buffer): number {
  return samples.length / BYTES_PER_SAMPLE / SAMPLE_RATE;
}

function toneAt(at: number, character: string | undefined): number {
  if (character === undefined || /\s/.test(character)) return 0;
  const frequency = 200 + ((character.codePointAt(0) ?? 0) % 64) * 10;
  return Math.round(VOLUME * Math.sin((2 * Math.PI * frequency * at) / SAMPLE_RATE));
}

function withHeader(text: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16LE(MARK, 0);
  header.writeUInt32LE(text.length, 2);
  return Buffer.concat([header, text]);
}

function writeBits(samples: Buffer, bytes: Buffer): void {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const value = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    const at = bit * BYTES_PER_SAMPLE;
    samples[at] = ((samples[at] ?? 0) & ~1) | value;
  }
}

/** Fewer bytes where the samples end before. */
function readBits(samples: Buffer, from: number, length: number): Buffer {
  const most = Math.floor(samples.length / BYTES_PER_SAMPLE / 8) - from;
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, most)));
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const value = (samples[(from * 8 + bit) * BYTES_PER_SAMPLE] ?? 0) & 1;
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (value << (bit & 7));
  }
  return bytes;
}
