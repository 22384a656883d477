import type { Identifiers } from '../../identifiers.ts';
import type { Route } from '../../protocol.ts';
import { RequestRefused } from '../../refusal.ts';
import { jsonReply } from '../../reply.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { isoTime } from '../../wall-time.ts';
import { queryInteger } from '../list-page.ts';
import { filledText, nullable, oneOf, readBody, record, text } from '../shape.ts';
import { nextUuid } from '../uuid.ts';
import { promptPage, withFields } from './prompt-list.ts';
import { ALIASES, DEFINITION } from './prompt-request.ts';
import { addVersion, promptObject, type StoredPrompt, versionOf } from './stored-prompt.ts';
import { promptVersionRoutes } from './prompt-version-routes.ts';

const ALL = '/v2/prompts';
const ONE = `${ALL}/{prompt_id}`;

const SHOWN = {
  title: nullable(text),
  description: nullable(text),
  sharingScope: nullable(oneOf('sharing_scope_unspecified', 'private', 'workspace')),
};
const NEW = record({
  ...SHOWN,
  name: filledText,
  definition: DEFINITION,
  notes: nullable(text),
  aliases: ALIASES,
});
const CHANGE = record(SHOWN);

/** /v2/prompts and what is below it. */
export function promptRoutes(identifiers: Identifiers): Route[] {
  const prompts = new StoredObjects<StoredPrompt>('prompt');
  const find = (params: Readonly<Record<string, string>>): StoredPrompt =>
    prompts.require(params['prompt_id']);
  return [
    {
      method: 'GET',
      path: ALL,
      handle: ({ query }) => jsonReply(promptPage(prompts.all, query)),
    },
    {
      method: 'POST',
      path: ALL,
      handle: ({ body }) => {
        const {
          name,
          title,
          description,
          sharingScope = 'private',
          ...first
        } = readBody(NEW, body);
        if (prompts.all.some((prompt) => prompt.name === name))
          throw new RequestRefused({ status: 409, message: `There is a prompt ${name} already.` });
        const now = isoTime();
        const prompt = prompts.add({
          id: nextUuid(identifiers, 'prompt'),
          name,
          title,
          description,
          sharingScope,
          createdAt: now,
          updatedAt: now,
          versions: [],
        });
        addVersion(prompt, { ...first, aliases: first.aliases ?? [] }, now);
        return jsonReply(promptObject(prompt, versionOf(prompt, {})));
      },
    },
    {
      method: 'GET',
      path: ONE,
      handle: ({ params, query }) => {
        const prompt = find(params);
        const version = versionOf(prompt, {
          version: queryInteger(query, 'version', { from: 1 }),
          alias: query.get('alias'),
        });
        return jsonReply(withFields(promptObject(prompt, version), query));
      },
    },
    {
      method: 'PATCH',
      path: ONE,
      handle: ({ params, body }) => {
        const prompt = find(params);
        const { title, description, sharingScope } = readBody(CHANGE, body);
        prompt.title = title ?? prompt.title;
        prompt.description = description ?? prompt.description;
        prompt.sharingScope = sharingScope ?? prompt.sharingScope;
        prompt.updatedAt = isoTime();
        return jsonReply(promptObject(prompt, versionOf(prompt, {})));
      },
    },
    {
      method: 'DELETE',
      path: ONE,
      handle: ({ params }) => {
        prompts.remove(find(params).id);
        return jsonReply({});
      },
    },
    ...promptVersionRoutes(find),
  ];
}
