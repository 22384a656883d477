import { BadRequestError, NotFoundError, UnprocessableError } from '@integrations/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectItems } from './compare-calls.test.support.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  eventData,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const MODEL = 'mistral-small-latest';

let both: BothMistralClients;

beforeEach(async () => {
  both = await connectBothMistral();
});

afterEach(() => both[Symbol.asyncDispose]());

/** Makes the same call with each client, whose requests and results must be equal. */
async function compare<T>(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<T> {
  return (await compareMistralCalls(both, { ours, theirs })) as T;
}

async function makeAgent(name: string): Promise<string> {
  const { id } = await compare<{ readonly id: string }>(
    (client) => client.agents.create({ model: MODEL, name }),
    (client) => client.beta.agents.create({ model: MODEL, name }),
  );
  return id;
}

describe('agents', () => {
  it('are made of all that they can have', async () => {
    const other = await makeAgent('other');
    const parameters = { type: 'object', properties: {} };
    await compare(
      (client) =>
        client.agents.create({
          model: MODEL,
          name: 'whole',
          description: 'All of it.',
          instructions: 'Be brief.',
          tools: [
            {
              type: 'function',
              function: { name: 'f', description: '', strict: true, parameters },
            },
            { type: 'web_search', tool_configuration: { include: ['a'] } },
            { type: 'document_library', library_ids: ['lib_1'] },
          ],
          completion_args: {
            stop: ['end'],
            temperature: 0.5,
            top_p: 0.9,
            max_tokens: 10,
            random_seed: 3,
            presence_penalty: 1,
            frequency_penalty: -1,
            reasoning_effort: 'low',
            tool_choice: 'auto',
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'n', schema: parameters, strict: true },
            },
          },
          handoffs: [other],
          metadata: { team: 'words' },
          version_message: 'First.',
        }),
      (client) =>
        client.beta.agents.create({
          model: MODEL,
          name: 'whole',
          description: 'All of it.',
          instructions: 'Be brief.',
          tools: [
            {
              type: 'function',
              function: { name: 'f', description: '', strict: true, parameters },
            },
            { type: 'web_search', toolConfiguration: { include: ['a'] } },
            { type: 'document_library', libraryIds: ['lib_1'] },
          ],
          completionArgs: {
            stop: ['end'],
            temperature: 0.5,
            topP: 0.9,
            maxTokens: 10,
            randomSeed: 3,
            presencePenalty: 1,
            frequencyPenalty: -1,
            reasoningEffort: 'low',
            toolChoice: 'auto',
            responseFormat: {
              type: 'json_schema',
              jsonSchema: { name: 'n', schemaDefinition: parameters, strict: true },
            },
          },
          handoffs: [other],
          metadata: { team: 'words' },
          versionMessage: 'First.',
        }),
    );
  });

  it('are looked at, changed, switched and deleted', async () => {
    const agentId = await makeAgent('one');
    await compare(
      (client) =>
        client.agents.update(agentId, { name: 'two', deployment_chat: true, metadata: { a: 1 } }),
      (client) =>
        client.beta.agents.update({
          agentId,
          updateAgentRequest: { name: 'two', deploymentChat: true, metadata: { a: 1 } },
        }),
    );
    await compare(
      (client) => client.agents.get(agentId),
      (client) => client.beta.agents.get({ agentId }),
    );
    await compare(
      (client) => client.agents.get(agentId, { agent_version: 0 }),
      (client) => client.beta.agents.get({ agentId, agentVersion: 0 }),
    );
    await compare(
      (client) => client.agents.updateVersion(agentId, 0),
      (client) => client.beta.agents.updateVersion({ agentId, version: 0 }),
    );
    await compare(
      (client) => client.agents.versions.get(agentId, 1),
      (client) => client.beta.agents.getVersion({ agentId, version: '1' }),
    );
    await compare(
      async (client) =>
        (await client.agents.versions.list(agentId, { page: 0, page_size: 1 })).data,
      (client) => client.beta.agents.listVersions({ agentId, page: 0, pageSize: 1 }),
    );
    await compare(
      (client) => client.agents.delete(agentId),
      (client) => client.beta.agents.delete({ agentId }),
    );
  });

  it('have names for versions', async () => {
    const agentId = await makeAgent('one');
    await compare(
      (client) => client.agents.aliases.set(agentId, { alias: 'stable', version: 0 }),
      (client) => client.beta.agents.createVersionAlias({ agentId, alias: 'stable', version: 0 }),
    );
    await compare(
      async (client) => (await client.agents.aliases.list(agentId)).data,
      (client) => client.beta.agents.listVersionAliases({ agentId }),
    );
    await compare(
      (client) => client.agents.aliases.delete(agentId, { alias: 'stable' }),
      (client) => client.beta.agents.deleteVersionAlias({ agentId, alias: 'stable' }),
    );
  });

  it('are listed by all that can be asked for', async () => {
    const id = await makeAgent('one');
    await makeAgent('two');
    const query = { name: 'one', search: 'o', id, metadata: { a: 'b' } };
    await compare(
      async (client) =>
        (
          await client.agents.list({
            ...query,
            page: 0,
            page_size: 5,
            deployment_chat: false,
            sources: ['api', 'playground'],
          })
        ).data,
      (client) =>
        client.beta.agents.list({
          ...query,
          page: 0,
          pageSize: 5,
          deploymentChat: false,
          sources: ['api', 'playground'],
        }),
    );
  });

  it('are listed page by page; theirs knows no more than one where pages have numbers', async () => {
    for (const name of ['a', 'b', 'c']) await makeAgent(name);
    const names = await compare(
      async (client) =>
        (await collectItems(client.agents.listPages({ page_size: 2 }))).map(({ name }) => name),
      async (client) => {
        const pages = await collectItems(await client.beta.agents.listPages({ pageSize: 2 }));
        return pages.flatMap(({ result }) => result.data.map(({ name }) => name));
      },
    );
    expect(names).toEqual(['a', 'b', 'c']);
    const ours = await collectItems(both.ours.agents.list({ page_size: 2 }));
    expect(ours).toHaveLength(3);
    expect(await both.theirs.beta.agents.list({ pageSize: 2 })).toHaveLength(2);
  });

  it('fail in the same way', async () => {
    const agentId = 'ag_none';
    const calls: (SameMistralCall & {
      readonly error: abstract new (...args: never[]) => Error;
    })[] = [
      {
        ours: (client) => client.agents.get(agentId),
        theirs: (client) => client.beta.agents.get({ agentId }),
        error: NotFoundError,
      },
      {
        ours: (client) => client.agents.delete(agentId),
        theirs: (client) => client.beta.agents.delete({ agentId }),
        error: NotFoundError,
      },
      {
        ours: (client) => client.agents.create({ model: 'no-such-model', name: 'a' }),
        theirs: (client) => client.beta.agents.create({ model: 'no-such-model', name: 'a' }),
        error: BadRequestError,
      },
    ];
    for (const { error, ...call } of calls) {
      expect(await compareMistralFailures(both, call)).toBeInstanceOf(error);
    }
  });

  it('keep fields that are newer than the client: theirs drops them', async () => {
    const request = { model: MODEL, name: 'a', mood: 'fine' };
    await expect(both.ours.agents.create(request)).rejects.toBeInstanceOf(UnprocessableError);
    await both.theirs.beta.agents.create(request);
    expect(both.theirsSees.requests.at(-1)?.body).toEqual({ model: MODEL, name: 'a' });
  });
});

describe('agents.complete', () => {
  const messages = [{ role: 'user', content: 'What is the moon made of?' }] as const;

  it('answers alike', async () => {
    const agentId = await makeAgent('one');
    await compare(
      (client) =>
        client.agents.complete(agentId, {
          messages,
          max_tokens: 20,
          random_seed: 1,
          tool_choice: 'auto',
          parallel_tool_calls: false,
        }),
      (client) =>
        client.agents.complete({
          agentId,
          messages: [...messages],
          maxTokens: 20,
          randomSeed: 1,
          toolChoice: 'auto',
          parallelToolCalls: false,
        }),
    );
  });

  it('streams alike', async () => {
    const agentId = await makeAgent('one');
    await compare(
      async (client) => collectItems(await client.agents.completeStream(agentId, { messages })),
      async (client) => eventData(await client.agents.stream({ agentId, messages: [...messages] })),
    );
  });
});
