import type { Route } from '../../protocol.ts';
import { jsonReply } from '../../reply.ts';
import { isoTime } from '../../wall-time.ts';
import { nullable, readBody, record, text } from '../shape.ts';
import { withFields } from './prompt-list.ts';
import { ALIASES, DEFINITION, versionNumber } from './prompt-request.ts';
import {
  addVersion,
  nameVersion,
  promptObject,
  type StoredPrompt,
  versionObject,
  versionOf,
} from './stored-prompt.ts';

const ALL = '/v2/prompts/{prompt_id}/versions';
const ONE = `${ALL}/{version}`;

const NEW = record({ definition: DEFINITION, notes: nullable(text), aliases: ALIASES });
const CHANGE = record({ notes: nullable(text), aliases: nullable(record({ values: ALIASES })) });

/** /v2/prompts/{prompt_id}/versions. */
export function promptVersionRoutes(
  find: (params: Readonly<Record<string, string>>) => StoredPrompt,
): Route[] {
  return [
    {
      method: 'GET',
      path: ALL,
      handle: ({ params }) =>
        jsonReply({ data: find(params).versions.toReversed().map(versionObject) }),
    },
    {
      method: 'POST',
      path: ALL,
      handle: ({ params, body }) => {
        const prompt = find(params);
        const { aliases = [], ...made } = readBody(NEW, body);
        return jsonReply(addVersion(prompt, { ...made, aliases }, isoTime()));
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params, query }) => {
        const prompt = find(params);
        const version = versionOf(prompt, { version: versionNumber(params) });
        return jsonReply(withFields(promptObject(prompt, version), query));
      },
    },
    {
      method: 'PATCH',
      path: ONE,
      handle: ({ params, body }) => {
        const prompt = find(params);
        const version = versionOf(prompt, { version: versionNumber(params) });
        const { notes, aliases } = readBody(CHANGE, body);
        version.notes = notes ?? version.notes;
        if (aliases !== undefined) nameVersion(prompt, version.version, aliases.values ?? []);
        return jsonReply(promptObject(prompt, version));
      },
    },
  ];
}
