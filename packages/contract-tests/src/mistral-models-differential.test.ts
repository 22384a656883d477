import { NotFoundError } from '@integrations/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutTime } from './both-clients.ts';
import {
  compareMistralCalls,
  compareMistralFailures,
  compareMistralRequests,
  type SameMistralCall,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

let both: BothMistralClients;

beforeAll(async () => {
  both = await connectBothMistral();
});

afterAll(() => both[Symbol.asyncDispose]());

function compare(
  ours: SameMistralCall['ours'],
  theirs: SameMistralCall['theirs'],
): Promise<unknown> {
  return compareMistralCalls(both, { ours, theirs });
}

/** A tuned model that the server knows, if it has one. */
async function tunedModel(): Promise<string> {
  const { data } = await both.ours.models.list();
  const tuned = data.find(({ type }) => type === 'fine-tuned');
  if (tuned === undefined) throw new Error('the simulator has no tuned model');
  return tuned.id;
}

describe('models', () => {
  it('list', async () => {
    const mine = await compare(
      (client) => client.models.list(),
      (client) => client.models.list(),
    );
    expect(mine).toMatchObject({ object: 'list' });
  });

  it('list, of a provider', async () => {
    await compare(
      (client) => client.models.list({ provider: 'mistralai', model: 'mistral-small-latest' }),
      (client) => client.models.list({ provider: 'mistralai', model: 'mistral-small-latest' }),
    );
  });

  it('get', async () => {
    const modelId = 'mistral-small-latest';
    await compare(
      (client) => client.models.get(modelId),
      (client) => client.models.retrieve({ modelId }),
    );
  });

  it('get, with an id that needs encoding', async () => {
    const modelId = 'ft:open-mistral-7b:our team?#1';
    await compareMistralFailures(both, {
      ours: (client) => client.models.get(modelId),
      theirs: (client) => client.models.retrieve({ modelId }),
    });
  });

  it('update, archive, unarchive and delete', async () => {
    const modelId = await tunedModel();
    const changes = { name: 'Ledger', description: 'Knows ledgers.' };
    // The server says more of a changed model than theirs lets through.
    const { mine, official } = await compareMistralRequests(both, {
      ours: (client) => client.models.update(modelId, changes),
      theirs: (client) => client.models.update({ modelId, updateModelRequest: changes }),
    });
    expect(withoutTime(mine)).toMatchObject(withoutTime(official) as object);
    await compare(
      (client) => client.models.archive(modelId),
      (client) => client.models.archive({ modelId }),
    );
    await compare(
      (client) => client.models.unarchive(modelId),
      (client) => client.models.unarchive({ modelId }),
    );
    await compare(
      (client) => client.models.delete(modelId),
      (client) => client.models.delete({ modelId }),
    );
    const error = await compareMistralFailures(both, {
      ours: (client) => client.models.get(modelId),
      theirs: (client) => client.models.retrieve({ modelId }),
    });
    expect(error).toBeInstanceOf(NotFoundError);
  });
});
