import type { Identifiers } from '../../identifiers.ts';
import { isJsonObject, type JsonObject } from '../../json-value.ts';
import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { epochSeconds } from '../../wall-time.ts';
import { optionalInteger, requireObjectBody, wrongType, wrongValue } from '../request-fields.ts';

const DEFAULT_SECONDS = 600;
const PCM = { type: 'audio/pcm', rate: 24_000 };

/** What a session has that the request says nothing of. */
const DEFAULTS = {
  realtime: {
    type: 'realtime',
    object: 'realtime.session',
    model: 'gpt-realtime',
    output_modalities: ['audio'],
    instructions: '',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    audio: { input: { format: PCM }, output: { format: PCM, voice: 'alloy', speed: 1 } },
  },
  transcription: {
    type: 'transcription',
    object: 'realtime.transcription_session',
    audio: { input: { format: PCM } },
  },
};

/** POST /v1/realtime/client_secrets. The secrets open nothing: there are no sessions. */
export function clientSecretRoutes(identifiers: Identifiers): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/realtime/client_secrets',
      handle: ({ body: given }) => {
        const body = requireObjectBody(given);
        const expires = epochSeconds() + parseSeconds(body['expires_after']);
        const session = parseSession(body['session']);
        return jsonReply({
          value: `ek_${identifiers.nextHex('client secret', 32)}`,
          expires_at: expires,
          session: { id: `sess_${identifiers.next('session', 21)}`, ...session, expires_at: 0 },
        });
      },
    },
  ];
}

function parseSeconds(given: unknown): number {
  if (given === undefined) return DEFAULT_SECONDS;
  if (!isJsonObject(given)) throw wrongType('expires_after', 'an object', given);
  return optionalInteger(given, 'seconds', { from: 10, to: 7200 }) ?? DEFAULT_SECONDS;
}

function parseSession(given: unknown): JsonObject {
  if (given === undefined) return DEFAULTS.realtime;
  if (!isJsonObject(given)) throw wrongType('session', 'an object', given);
  const { type } = given;
  if (type !== 'realtime' && type !== 'transcription')
    throw wrongValue('session.type', "'session.type' must be realtime or transcription.");
  return { ...DEFAULTS[type], ...given };
}
