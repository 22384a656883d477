import { answer } from '../../answer.ts';
import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import type { ServerEvent } from '../../reply.ts';
import { splitTokens } from '../../tokens.ts';
import { epochSeconds } from '../../wall-time.ts';
import { DONE } from '../../done-event.ts';
import { limitText } from '../../limited-text.ts';
import { usageOf } from '../chat-completion.ts';
import { splitWords } from '../../split-words.ts';
import {
  type CompletionRequest,
  parseCompletionRequest,
  type Prompt,
} from './completion-request.ts';

/** The models that take plain text. */
const MODELS: ReadonlySet<string> = new Set([
  'gpt-3.5-turbo-instruct',
  'davinci-002',
  'babbage-002',
]);

export interface CompletionSettings {
  readonly wordsPerEvent: number;
  readonly identifiers: Identifiers;
}

interface Choice {
  readonly index: number;
  readonly text: string;
  readonly logprobs: null;
  readonly finish_reason: 'stop' | 'length' | null;
}

/** POST /v1/completions, as one body or as a stream. */
export function completionRoutes({ wordsPerEvent, identifiers }: CompletionSettings): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/completions',
      handle: ({ body: given }) => {
        const request = parseCompletionRequest(given);
        requireCompletionModel(request.model);
        const choices = request.prompts.flatMap((prompt, at) => complete(request, prompt, at));
        const usage = usageOfAll(request, choices);
        const head = {
          id: `cmpl-${identifiers.next('cmpl', 29)}`,
          object: 'text_completion',
          created: epochSeconds(),
          model: request.model,
        };
        const body = { ...head, choices, usage };
        const tokens = usage.total_tokens;
        if (!request.stream) return { kind: 'json', body, tokens };
        const pieces = choices.flatMap((choice) => piecesOf(choice, wordsPerEvent));
        const events: ServerEvent[] = pieces.map((piece) => ({
          data: JSON.stringify({ ...head, choices: [piece] }),
        }));
        if (request.includeUsage)
          events.push({ data: JSON.stringify({ ...head, choices: [], usage }) });
        return { kind: 'events', events, terminator: DONE, body, tokens };
      },
    },
  ];
}

function requireCompletionModel(id: string): void {
  if (MODELS.has(id)) return;
  throw new RequestRefused({
    status: 404,
    message: `\`${id}\` does not exist, or is a chat model that /v1/completions does not take.`,
    type: 'invalid_request_error',
    param: 'model',
    code: null,
  });
}

function complete(request: CompletionRequest, prompt: Prompt, at: number): Choice[] {
  const whole = answer([{ role: 'user', text: prompt.text }]);
  const { text, isCut } = limitText(whole, { ...request, isHalved: false });
  return Array.from({ length: request.choices }, (_, choice) => ({
    index: at * request.choices + choice,
    text: (request.echo ? prompt.text : '') + text,
    logprobs: null,
    finish_reason: isCut ? ('length' as const) : ('stop' as const),
  }));
}

function usageOfAll(
  { prompts }: CompletionRequest,
  choices: readonly Choice[],
): ReturnType<typeof usageOf> {
  const prompted = prompts.reduce((sum, { tokens }) => sum + tokens, 0);
  const completed = choices.reduce((sum, { text }) => sum + splitTokens(text).length, 0);
  return usageOf(prompted, completed);
}

/** The text piece by piece; the last says why it ended. */
function piecesOf(choice: Choice, wordsPerEvent: number): Choice[] {
  const texts = splitWords(choice.text, wordsPerEvent);
  return [...texts, ''].map((text, at) => ({
    ...choice,
    text,
    finish_reason: at === texts.length ? choice.finish_reason : null,
  }));
}
