import type { TimedText } from '../../audio/transcript.ts';

/** Parts of a text as SubRip subtitles. */
export function toSrt(parts: readonly TimedText[]): string {
  return parts
    .map(
      ({ text, start, end }, index) =>
        `${index + 1}\n${clockTime(start, ',')} --> ${clockTime(end, ',')}\n${text}\n`,
    )
    .join('\n');
}

/** Parts of a text as WebVTT subtitles. */
export function toVtt(parts: readonly TimedText[]): string {
  const cues = parts.map(
    ({ text, start, end }) => `${clockTime(start, '.')} --> ${clockTime(end, '.')}\n${text}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

/** `01:02:03,040` */
function clockTime(seconds: number, decimal: string): string {
  const ms = Math.round(seconds * 1000);
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${parts.join(':')}${decimal}${String(ms % 1000).padStart(3, '0')}`;
}
