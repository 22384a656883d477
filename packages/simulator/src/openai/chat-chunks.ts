import type { ServerEvent } from '../reply.ts';
import type { ToolCall } from './chat-answer.ts';
import type { ChatCompletion, CompletionUsage } from './chat-completion.ts';
import { splitJson, splitWords } from '../split-words.ts';
import { obfuscation } from './obfuscation.ts';

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

/** An answer as the events of a stream: each choice's role, then what it says by turns, then each choice's end, then usage. */
export function chunkEvents(completion: ChatCompletion, options: ChunkOptions): ServerEvent[] {
  const everyChoice = (delta: Choice['delta'], finishReason: string | null): Choice[] =>
    Array.from({ length: completion.choices }, (_, index) => ({
      index,
      delta,
      logprobs: null,
      finish_reason: finishReason,
    }));
  const { content, finishReason } = completion.answer;
  const choices = [
    ...everyChoice(
      { role: 'assistant', content: content === null ? null : '', refusal: null },
      null,
    ),
    ...deltasOf(completion, options).flatMap((delta) => everyChoice(delta, null)),
    ...everyChoice({}, finishReason),
  ];
  const chunks = choices.map((choice) => chunk(completion, options, [choice], null));
  if (options.includeUsage) chunks.push(chunk(completion, options, [], completion.usage));
  return chunks;
}

function deltasOf(
  { answer: { content, refusal, toolCalls } }: ChatCompletion,
  { wordsPerEvent }: ChunkOptions,
): Choice['delta'][] {
  return [
    ...splitWords(content ?? '', wordsPerEvent).map((piece) => ({ content: piece })),
    ...splitWords(refusal ?? '', wordsPerEvent).map((piece) => ({ refusal: piece })),
    ...toolCalls.flatMap((call, index) =>
      toolCallPieces(call, wordsPerEvent).map((piece) => ({ tool_calls: [{ index, ...piece }] })),
    ),
  ];
}

/** A call's id and name, then its input by pieces. */
function toolCallPieces(call: ToolCall, wordsPerPiece: number): object[] {
  if (call.type === 'custom') {
    const { name, input } = call.custom;
    return [
      { id: call.id, type: call.type, custom: { name, input: '' } },
      ...splitJson(input, wordsPerPiece).map((piece) => ({ custom: { input: piece } })),
    ];
  }
  const { name, arguments: input } = call.function;
  return [
    { id: call.id, type: call.type, function: { name, arguments: '' } },
    ...splitJson(input, wordsPerPiece).map((piece) => ({ function: { arguments: piece } })),
  ];
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
      ? {
          obfuscation: obfuscation(
            lettersOf(completion.id),
            typeof content === 'string' ? content : '',
          ),
        }
      : {}),
  };
  return { data: JSON.stringify(data) };
}

/** What comes after `chatcmpl-`. */
function lettersOf(id: string): string {
  return id.slice(id.indexOf('-') + 1);
}
