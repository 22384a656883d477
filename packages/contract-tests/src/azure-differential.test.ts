import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { AzureOpenAIClient, type AzureOpenAIClientOptions } from '@integrations/openai';
import { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly apiKey: string | string[] | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

const QUESTION = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Hi' }] };
const VERSION = '2024-10-21';

/** Of all calls: each finds what it looks for. */
const ANSWER = JSON.stringify({
  id: 'x',
  object: 'list',
  text: 'a',
  created: 1,
  data: [],
  choices: [],
  output: [],
  has_more: false,
});

let server: Server;
let endpoint: string;
const seen: Seen[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  // The boundary of a form is random, and the names of headers have no case.
  return (
    Buffer.concat(chunks)
      .toString()
      // The line break after a form's last boundary is for everybody to choose.
      .trimEnd()
      .replaceAll(/^-+[^\r\n]{16,}\r?$/gm, '--')
      .replaceAll(/^content-\w+:/gim, (name) => name.toLowerCase())
  );
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url, headers } = request;
      const { authorization, 'api-key': apiKey } = headers;
      seen.push({ method, url, apiKey, authorization, body });
      response.setHeader('content-type', 'application/json');
      response.end(ANSWER);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  seen.length = 0;
});

/** Makes one call with each client; what the server saw must be equal. */
async function compare(
  options: AzureOpenAIClientOptions & { readonly apiVersion: string },
  ours: (client: AzureOpenAIClient) => PromiseLike<unknown>,
  theirs: (client: AzureOpenAI) => PromiseLike<unknown>,
): Promise<Seen | undefined> {
  await using mine = new AzureOpenAIClient({ ...options, maxRetries: 0 });
  const { azureADTokenProvider, ...shared } = options;
  const official = new AzureOpenAI({
    ...(shared as { apiVersion: string }),
    maxRetries: 0,
    ...(azureADTokenProvider === undefined
      ? {}
      : { azureADTokenProvider: async () => String(await azureADTokenProvider()) }),
  });
  await ours(mine);
  await theirs(official);
  expect(seen).toHaveLength(2);
  expect(seen[0]).toEqual(seen[1]);
  return seen[0];
}

describe('Azure', () => {
  const settings = (): AzureOpenAIClientOptions & { readonly apiVersion: string } => ({
    endpoint,
    apiVersion: VERSION,
    apiKey: 'k-1',
  });

  it.each(['plain', 'a b/c?#%', 'größe'])('chat with the model %s', async (model) => {
    const request = { ...QUESTION, model };
    await compare(
      settings(),
      (client) => client.chat.completions.create(request),
      (client) => client.chat.completions.create(request),
    );
  });

  it('with a deployment', async () => {
    const request = await compare(
      { ...settings(), deployment: 'mine' },
      (client) => client.chat.completions.create(QUESTION),
      (client) => client.chat.completions.create(QUESTION),
    );
    expect(request?.url).toBe(`/openai/deployments/mine/chat/completions?api-version=${VERSION}`);
  });

  it('with a token', async () => {
    await compare(
      { ...settings(), apiKey: undefined, azureADTokenProvider: () => 'a-token' },
      (client) => client.chat.completions.create(QUESTION),
      (client) => client.chat.completions.create(QUESTION),
    );
  });

  it('embeddings', async () => {
    const request = { model: 'e', input: 'a', encoding_format: 'float' as const };
    await compare(
      settings(),
      (client) => client.embeddings.create(request),
      (client) => client.embeddings.create(request),
    );
  });

  it('completions', async () => {
    const request = { model: 'c', prompt: 'a' };
    await compare(
      settings(),
      (client) => client.completions.create(request),
      (client) => client.completions.create(request),
    );
  });

  it('images', async () => {
    const request = { model: 'i', prompt: 'a' };
    await compare(
      settings(),
      (client) => client.images.generate(request),
      (client) => client.images.generate(request),
    );
  });

  it('files in forms', async () => {
    const file = new File(['a'], 'a.wav', { type: 'audio/wav' });
    const request = { model: 'w', file };
    const { url } =
      (await compare(
        settings(),
        (client) => client.audio.transcriptions.create(request),
        (client) => client.audio.transcriptions.create(request),
      )) ?? {};
    expect(url).toContain('/deployments/w/audio/transcriptions');
  });

  it('what belongs to the resource', async () => {
    await compare(
      { ...settings(), deployment: 'mine' },
      (client) => client.models.list(),
      (client) => client.models.list(),
    );
  });

  it('responses', async () => {
    const request = { model: 'gpt-4o', input: 'Hi' };
    await compare(
      settings(),
      (client) => client.responses.create(request),
      (client) => client.responses.create(request),
    );
  });

  it('an address with a deployment, and a query of its own', async () => {
    await compare(
      {
        ...settings(),
        endpoint: undefined,
        baseURL: `${endpoint}/openai/deployments/other`,
        defaultQuery: { team: 'a' },
      },
      (client) => client.chat.completions.create(QUESTION),
      (client) => client.chat.completions.create(QUESTION),
    );
  });

  it('changed options', async () => {
    await compare(
      settings(),
      (client) => client.withOptions({ deployment: 'b' }).chat.completions.create(QUESTION),
      (client) => client.withOptions({ deployment: 'b' }).chat.completions.create(QUESTION),
    );
  });
});
