import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { queryInteger } from '../list-page.ts';
import { orRefuse } from '../request-problem.ts';
import {
  filledText,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  readBody,
  record,
  type Shape,
  text,
  wrong,
} from '../shape.ts';
import { pathUuid } from '../uuid.ts';
import { voiceObject, type VoiceShelf } from './voice-shelf.ts';

const ALL = '/v1/audio/voices';
const ONE = `${ALL}/{voice_id}`;
const MOST_CHARACTERS = 500;

const DESCRIPTION: Shape<string> = (value, at) => {
  const read = text(value, at);
  if (read.length <= MOST_CHARACTERS) return read;
  const problem = `String should have at most ${MOST_CHARACTERS} characters`;
  throw wrong(value, at, 'string_too_long', problem, { max_length: MOST_CHARACTERS });
};

/** What may be said of a voice at any time. */
const SAID = {
  languages: nullable(list(text)),
  gender: nullable(text),
  age: nullable(integer()),
  tags: nullable(list(text)),
  description: nullable(DESCRIPTION),
};

const NEW = record({
  ...SAID,
  name: filledText,
  slug: nullable(text),
  color: nullable(text),
  retention_notice: optional(integer()),
  sample_audio: filledText,
  sample_filename: nullable(text),
});

const CHANGE = record({ ...SAID, name: nullable(filledText) });

/** /v1/audio/voices and what is below it. */
export function voiceRoutes(voices: VoiceShelf): Route[] {
  return [
    {
      method: 'GET',
      path: ALL,
      handle: ({ query }) => jsonReply(voicePage(voices, query)),
    },
    {
      method: 'POST',
      path: ALL,
      handle: ({ body }) => {
        const { sample_audio: sample, sample_filename: _name, ...said } = readBody(NEW, body);
        return jsonReply(voiceObject(voices.add(said, Buffer.from(sample, 'base64'))));
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params }) => jsonReply(voiceObject(voices.require(params['voice_id']))),
    },
    {
      method: 'PATCH',
      path: ONE,
      handle: ({ params, body }) => {
        const voice = voices.requireOwn(pathUuid(params, 'voice_id'));
        const said = Object.entries(readBody(CHANGE, body));
        const given = said.filter(([, value]) => value !== undefined);
        voice.settings = { ...voice.settings, ...Object.fromEntries(given) };
        return jsonReply(voiceObject(voice));
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => jsonReply(voiceObject(voices.remove(pathUuid(params, 'voice_id')))),
    },
    {
      method: 'GET',
      path: `${ONE}/sample`,
      handle: ({ params }) => {
        const { sample: content } = voices.require(params['voice_id']);
        return { kind: 'binary', contentType: 'audio/wav', content, tokens: 0 };
      },
    },
  ];
}

/** Presets come first. */
function voicePage(voices: VoiceShelf, query: URLSearchParams): object {
  const kind = orRefuse(() =>
    oneOf('all', 'custom', 'preset')(query.get('type') ?? 'all', ['query', 'type']),
  );
  const found = voices.all.filter(
    ({ owner }) => kind === 'all' || (kind === 'preset') === (owner === null),
  );
  const size = queryInteger(query, 'limit', { from: 1, to: 100 }) ?? 10;
  const offset = queryInteger(query, 'offset', { from: 0 }) ?? 0;
  return {
    items: found.slice(offset, offset + size).map(voiceObject),
    total: found.length,
    page: Math.floor(offset / size) + 1,
    page_size: size,
    total_pages: Math.ceil(found.length / size),
  };
}
