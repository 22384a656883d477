import { NotFoundError } from '@integrations/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectItems } from './compare-calls.test.support.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { asWire, type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const definition = { content: 'Greet {{name}}.', variables: [{ name: 'name' }] };

let both: BothMistralClients;
/** The same on both servers. */
let promptId: string;

beforeAll(async () => {
  both = await connectBothMistral();
  const request = {
    name: 'greeting',
    definition,
    title: 'Greeting',
    description: null,
    sharingScope: 'workspace',
    aliases: ['live'],
  } as const;
  const made = await compare(
    (client) => client.prompts.create(request),
    (client) => client.beta.prompts.create({ ...request, aliases: ['live'] }),
  );
  promptId = (made as { id: string }).id;
});

afterAll(() => both[Symbol.asyncDispose]());

/** This part of the API spells names as the official client does, so that only one word of ours is changed by `asWire`. */
function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<unknown> {
  return compareMistralCalls(both, {
    ours: async (client) => asWire(await ours(client)),
    theirs,
  });
}

describe('prompts', () => {
  it('get', async () => {
    await compare(
      (client) => client.prompts.get(promptId),
      (client) => client.beta.prompts.get({ promptId }),
    );
  });

  it('get, some of it', async () => {
    await compare(
      (client) => client.prompts.get(promptId, { alias: 'live', fields: ['name', 'aliases'] }),
      (client) => client.beta.prompts.get({ promptId, alias: 'live', fields: ['name', 'aliases'] }),
    );
  });

  it('get, of none', async () => {
    const error = await compareMistralFailures(both, {
      ours: (client) => client.prompts.get('none'),
      theirs: (client) => client.beta.prompts.get({ promptId: 'none' }),
    });
    expect(error).toBeInstanceOf(NotFoundError);
  });

  it('list, all pages', async () => {
    await compare(
      (client) => client.prompts.create({ name: 'other', definition }),
      (client) => client.beta.prompts.create({ name: 'other', definition }),
    );
    const mine = await compare(
      async (client) => {
        const query = { pageSize: 1, sort_by: 'name', sort_direction: 'asc' } as const;
        return collectItems(client.prompts.list(query));
      },
      async (client) => {
        const pages = await client.beta.prompts.list({
          pageSize: 1,
          sortBy: 'name',
          sortDirectionQueryParameter1: 'asc',
        });
        const items: unknown[] = [];
        for await (const page of pages) items.push(...(page.result.data ?? []));
        return items;
      },
    );
    expect((mine as { name: string }[]).map(({ name }) => name)).toEqual(['greeting', 'other']);
  });

  it('update', async () => {
    await compare(
      (client) => client.prompts.update(promptId, { description: 'Says hello.' }),
      (client) => client.beta.prompts.updateMetadata(promptId, { description: 'Says hello.' }),
    );
  });

  it('versions', async () => {
    const request = { definition: { content: 'Hail.', variables: [] }, notes: 'New.' };
    await compare(
      (client) => client.prompts.versions.create(promptId, request),
      (client) => client.beta.prompts.createVersion(promptId, request),
    );
    await compare(
      (client) => client.prompts.versions.list(promptId),
      (client) => client.beta.prompts.listVersions({ promptId }),
    );
    await compare(
      (client) => client.prompts.versions.get(promptId, 1),
      (client) => client.beta.prompts.getVersion({ promptId, version: 1 }),
    );
    await compare(
      (client) =>
        client.prompts.versions.update(promptId, 1, {
          notes: 'Old.',
          aliases: { values: ['old'] },
        }),
      (client) =>
        client.beta.prompts.updateVersionMetadata(promptId, 1, {
          notes: 'Old.',
          aliases: { values: ['old'] },
        }),
    );
  });

  it('delete', async () => {
    await compare(
      (client) => client.prompts.delete(promptId),
      (client) => client.beta.prompts.delete({ promptId }),
    );
  });
});
