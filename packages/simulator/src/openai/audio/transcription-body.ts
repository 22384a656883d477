import {
  type TimedText,
  timedSentences,
  timedWords,
  type Transcript,
} from '../../audio/transcript.ts';
import { countTokens } from '../../tokens.ts';
import { usageOf } from './transcription-usage.ts';

/** A text with the times of its sentences, and of its words if they are asked for. */
export function verboseBody(
  transcript: Transcript,
  task: 'transcribe' | 'translate',
  granularities: readonly unknown[],
): object {
  const { text, seconds: duration } = transcript;
  const words = timedWords(transcript).map(({ text: word, start, end }) => ({ word, start, end }));
  return {
    task,
    language: 'english',
    duration,
    text,
    ...(granularities.includes('segment')
      ? { segments: timedSentences(transcript).map(segmentObject) }
      : {}),
    ...(granularities.includes('word') ? { words } : {}),
    ...(task === 'transcribe' ? { usage: { type: 'duration', seconds: Math.ceil(duration) } } : {}),
  };
}

/** A text with who said its sentences: the speakers take turns. */
export function diarizedBody(transcript: Transcript, speakers: readonly string[]): object {
  return {
    task: 'transcribe',
    duration: transcript.seconds,
    text: transcript.text,
    segments: speakerSegments(transcript, speakers),
    usage: usageOf(transcript),
  };
}

export function speakerSegments(
  transcript: Transcript,
  speakers: readonly string[],
): readonly (TimedText & {
  readonly type: string;
  readonly id: string;
  readonly speaker: string;
})[] {
  return timedSentences(transcript).map((sentence, index) => ({
    type: 'transcript.text.segment',
    id: `seg_${index}`,
    speaker: speakers[index % speakers.length] ?? 'A',
    ...sentence,
  }));
}

function segmentObject({ text, start, end }: TimedText, id: number): object {
  return {
    id,
    seek: 0,
    start,
    end,
    text,
    tokens: Array.from({ length: countTokens(text) }, (_, index) => 50_364 + index),
    temperature: 0,
    avg_logprob: -0.25,
    compression_ratio: 1.2,
    no_speech_prob: 0.01,
  };
}
