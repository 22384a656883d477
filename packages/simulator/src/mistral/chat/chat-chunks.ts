import type { ServerEvent } from '../../reply.ts';
import { splitJson, splitWords } from '../../split-words.ts';
import type { AnswerOnDemand } from './answer-on-demand.ts';
import type { FinishReason, ToolCall } from './chat-answer.ts';
import type { ChatCompletion } from './chat-completion.ts';
import { thinkingPart } from './thinking-part.ts';

/** How an answer is cut into chunks. */
export interface ChunkOptions {
  readonly wordsPerEvent: number;
  /** Whether calls come by pieces: `tool_call_pieces` or `tool_call_nulls`; else they come whole. */
  readonly onDemand: AnswerOnDemand | undefined;
}

type Delta = Readonly<Record<string, unknown>>;

/** An answer as the events of a stream: each choice's role, then what it says by turns, then each choice's end; the last has the usage. */
export function chunkEvents(completion: ChatCompletion, options: ChunkOptions): ServerEvent[] {
  const { choices, usage } = completion;
  const { finishReason } = completion.answer;
  const everyChoice = (delta: Delta, reason: FinishReason | null): unknown[] =>
    Array.from({ length: choices }, (_, index) => ({ index, delta, finish_reason: reason }));
  const said = deltasOf(completion, options);
  const chunks = [
    ...everyChoice({ role: 'assistant', content: '' }, null),
    ...said.flatMap((delta) => everyChoice(delta, null)),
    ...everyChoice({ content: '' }, finishReason),
  ];
  return chunks.map((choice, at) => ({
    data: JSON.stringify({
      id: completion.id,
      object: 'chat.completion.chunk',
      created: completion.created,
      model: completion.model,
      choices: [choice],
      ...(at === chunks.length - 1 ? { usage } : {}),
    }),
  }));
}

function deltasOf(
  { answer: { thought, text, toolCalls } }: ChatCompletion,
  { wordsPerEvent, onDemand }: ChunkOptions,
): Delta[] {
  const nulls = onDemand === 'tool_call_nulls';
  const isCut = nulls || onDemand === 'tool_call_pieces';
  const calls = toolCalls.flatMap((call): unknown[] =>
    isCut ? piecesOf(call, wordsPerEvent, nulls) : [call],
  );
  return [
    ...splitWords(thought ?? '', wordsPerEvent).map((piece) => ({
      content: [thinkingPart(piece, false)],
    })),
    ...splitWords(text, wordsPerEvent).map((piece) => ({ content: piece })),
    ...calls.map((call) => ({ tool_calls: [call] })),
  ];
}

/** A call's id and name, then its arguments by pieces, which have no id and name or, as `nulls`, mean ones. */
function piecesOf(
  { id, type, index, function: { name, arguments: input } }: ToolCall,
  wordsPerPiece: number,
  nulls: boolean,
): unknown[] {
  const json = typeof input === 'string' ? input : JSON.stringify(input);
  return [
    { id, type, index, function: { name, arguments: '' } },
    ...splitJson(json, wordsPerPiece).map((piece) => ({
      ...(nulls ? { id: 'null' } : {}),
      index,
      function: { ...(nulls ? { name: '' } : {}), arguments: piece },
    })),
  ];
}
