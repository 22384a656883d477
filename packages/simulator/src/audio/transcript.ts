import { sentencesOf } from '../sentences.ts';
import { listen, secondsOf } from './spoken-text.ts';
import { samplesOf } from './wav.ts';

/** A part of a text, and when it was said, in seconds. */
export interface TimedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What was said in an audio file. */
export interface Transcript {
  readonly text: string;
  readonly seconds: number;
}

/** The text of a file that the simulator spoke itself; of any other, a sentence about the file. */
export function transcribe(file: Buffer): Transcript {
  const samples = samplesOf(file);
  const heard = listen(samples);
  const text = heard ?? `This is ${file.length} bytes of audio, and the simulator cannot hear it.`;
  return { text, seconds: round(secondsOf(samples)) };
}

/** The sentences of a text, or the text itself where it has none. */
export function timedSentences(transcript: Transcript): TimedText[] {
  const sentences = sentencesOf(transcript.text);
  return spread(transcript, sentences.length === 0 ? [transcript.text] : sentences);
}

export function timedWords(transcript: Transcript): TimedText[] {
  return spread(transcript, transcript.text.split(/\s+/).filter(Boolean));
}

/** Parts take time as they have characters. */
function spread({ seconds }: Transcript, parts: readonly string[]): TimedText[] {
  const characters = parts.reduce((sum, part) => sum + part.length, 0);
  let before = 0;
  return parts.map((text) => {
    const start = round((before / characters) * seconds);
    before += text.length;
    return { text, start, end: round((before / characters) * seconds) };
  });
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
