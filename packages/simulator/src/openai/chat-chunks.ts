import type { ServerEvent } from '../reply.ts';
import type { ChatCompletion, CompletionUsage } from './chat-completion.ts';

/** The end mark of the API's streams. */
export const DONE: ServerEvent = { data: '[DONE]' };

/** How an answer is cut into chunks. */
export interface ChunkOptions {
  readonly wordsPerEvent: number;
  readonly includeUsage: boolean;
  readonly includeObfuscation: boolean;
}

interface Choice {
  readonly index: number;
  readonly delta: Readonly<Record<string, unknown>>;
  readonly logprobs: null;
  readonly finish_reason: string | null;
}

/** An answer as the events of a stream: each choice's role, then the text by turns, then each choice's end, then usage. */
export function chunkEvents(completion: ChatCompletion, options: ChunkOptions): ServerEvent[] {
  const everyChoice = (delta: Choice['delta'], finishReason: string | null): Choice[] =>
    Array.from({ length: completion.choices }, (_, index) => ({
      index,
      delta,
      logprobs: null,
      finish_reason: finishReason,
    }));
  const choices = [
    ...everyChoice({ role: 'assistant', content: '', refusal: null }, null),
    ...splitWords(completion.text, options.wordsPerEvent).flatMap((content) =>
      everyChoice({ content }, null),
    ),
    ...everyChoice({}, completion.finishReason),
  ];
  const chunks = choices.map((choice) => chunk(completion, options, [choice], null));
  if (options.includeUsage) chunks.push(chunk(completion, options, [], completion.usage));
  return chunks;
}

function chunk(
  completion: ChatCompletion,
  { includeUsage, includeObfuscation }: ChunkOptions,
  choices: readonly Choice[],
  usage: CompletionUsage | null,
): ServerEvent {
  const content = choices[0]?.delta['content'];
  const data = {
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: completion.model,
    service_tier: 'default',
    system_fingerprint: completion.systemFingerprint,
    choices,
    ...(includeUsage ? { usage } : {}),
    ...(includeObfuscation
      ? { obfuscation: padding(completion.id, typeof content === 'string' ? content : '') }
      : {}),
  };
  return { data: JSON.stringify(data) };
}

/** Text in pieces of so many words, each with the white space before it; joined again they are the text. */
function splitWords(text: string, wordsPerPiece: number): string[] {
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  return Array.from({ length: Math.ceil(words.length / wordsPerPiece) }, (_, index) =>
    words.slice(index * wordsPerPiece, (index + 1) * wordsPerPiece).join(''),
  );
}

/** Brings chunks of nearly the same length to the same, so that their sizes do not give away the words. */
function padding(id: string, content: string): string {
  const letters = id.slice(id.indexOf('-') + 1);
  return letters.slice(0, 1 + ((16 - (content.length % 16)) % 16));
}
