import {
  AuthenticationError,
  ConfigurationError,
  ContentFilterError,
  NotFoundError,
  RateLimitError,
  redactText,
} from '@integrations/errors';
import { MockHttpTransport, TestTracer } from '@integrations/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, QUESTION } from '../resilience.test.support.ts';
import { AzureOpenAIClient, createAzureOpenAIClient } from './azure-client.ts';
import type { AzureOpenAIClientOptions } from './azure-options.ts';

const ENDPOINT = 'https://resource.openai.azure.test';
const KEY = 'the-key-of-the-resource';
const ANSWER = { id: 'a', choices: [] };

let transport: MockHttpTransport;

beforeEach(() => {
  transport = new MockHttpTransport();
  vi.stubEnv('AZURE_OPENAI_API_KEY', undefined);
  vi.stubEnv('AZURE_OPENAI_ENDPOINT', undefined);
  vi.stubEnv('OPENAI_API_VERSION', undefined);
});

afterEach(() => vi.unstubAllEnvs());

function connect(options: AzureOpenAIClientOptions = {}): AzureOpenAIClient {
  return createAzureOpenAIClient({
    endpoint: ENDPOINT,
    apiVersion: '2024-10-21',
    apiKey: KEY,
    transport,
    maxRetries: 0,
    ...options,
    ...(options.azureADTokenProvider === undefined ? {} : { apiKey: undefined }),
  });
}

describe('AzureOpenAIClient', () => {
  it.each<[string, AzureOpenAIClientOptions, string]>([
    [
      'names the model as deployment',
      {},
      '/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21',
    ],
    [
      'names the deployment of all calls',
      { deployment: 'my team/gpt' },
      '/openai/deployments/my%20team%2Fgpt/chat/completions?api-version=2024-10-21',
    ],
    [
      'keeps a deployment that is in the address',
      { baseURL: `${ENDPOINT}/openai/deployments/mine`, endpoint: undefined },
      '/openai/deployments/mine/chat/completions?api-version=2024-10-21',
    ],
    [
      'uses version 1 without a dated one',
      { apiVersion: undefined },
      '/openai/v1/chat/completions',
    ],
    [
      'takes a slash after the endpoint',
      { endpoint: `${ENDPOINT}/`, apiVersion: undefined },
      '/openai/v1/chat/completions',
    ],
  ])('%s', async (_what, options, address) => {
    transport.respond({ json: ANSWER });
    await using client = connect(options);
    await client.chat.create(QUESTION);
    expect(transport.requests[0]?.url).toBe(`${ENDPOINT}${address}`);
  });

  it('leaves other addresses, and those of forms, where they belong', async () => {
    for (const json of [{ object: 'list', data: [] }, { id: 'r', output: [] }, { text: 'a' }])
      transport.respond({ json });
    await using client = connect();
    await client.models.list();
    await client.responses.create({ model: 'gpt-4o', input: 'a' });
    await client.audio.transcriptions.create({ model: 'whisper', file: new Blob(['a']) });
    expect(transport.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/openai/models',
      '/openai/responses',
      '/openai/deployments/whisper/audio/transcriptions',
    ]);
  });

  it('sends its key as Azure wants it, and keeps it secret', async () => {
    transport.respond({ json: ANSWER });
    await using client = connect();
    await client.chat.create(QUESTION);
    expect(transport.requests[0]?.headers).toMatchObject({ 'api-key': KEY });
    expect(transport.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(redactText(KEY)).toBe('[REDACTED]');
  });

  it('asks for a token at every attempt', async () => {
    transport.respond({ status: 500 }).respond({ json: ANSWER });
    let asked = 0;
    const azureADTokenProvider = async (): Promise<string> => `token-number-${(asked += 1)}`;
    await using client = connect({
      azureADTokenProvider,
      maxRetries: 1,
      retry: { initialDelay: 1, maxDelay: 1 },
    });
    await client.chat.create(QUESTION);
    expect(transport.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-number-1',
      'Bearer token-number-2',
    ]);
    expect(transport.requests[0]?.headers).not.toHaveProperty('api-key');
  });

  it('reads its own variables, and not those of OpenAI', async () => {
    vi.stubEnv('AZURE_OPENAI_API_KEY', KEY);
    vi.stubEnv('AZURE_OPENAI_ENDPOINT', ENDPOINT);
    vi.stubEnv('OPENAI_API_VERSION', '2025-01-01');
    vi.stubEnv('OPENAI_BASE_URL', 'https://elsewhere.test/v1');
    vi.stubEnv('OPENAI_API_KEY', 'a-key-of-openai');
    transport.respond({ json: ANSWER });
    await using client = new AzureOpenAIClient({ transport });
    await client.chat.create(QUESTION);
    expect(transport.requests[0]).toMatchObject({
      url: `${ENDPOINT}/openai/deployments/gpt-4o-mini/chat/completions?api-version=2025-01-01`,
      headers: { 'api-key': KEY },
    });
  });

  it.each<[string, AzureOpenAIClientOptions, RegExp]>([
    ['an endpoint', { endpoint: undefined }, /AZURE_OPENAI_ENDPOINT/],
    ['a key', { apiKey: undefined }, /AZURE_OPENAI_API_KEY/],
    ['a version for the deployment', { apiVersion: undefined, deployment: 'a' }, /apiVersion/],
  ])('says that it needs %s', (_what, options, message) => {
    const make = (): unknown => connect(options);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(message);
  });

  it('takes a key or a token, not both', () => {
    const both = { endpoint: ENDPOINT, apiKey: KEY, azureADTokenProvider: () => 'token' };
    expect(() => createAzureOpenAIClient(both)).toThrow(/cannot be combined/);
  });

  it('derives clients', async () => {
    for (let calls = 0; calls < 4; calls += 1) transport.respond({ json: ANSWER });
    await using client = connect({ deployment: 'one' });
    const other = { azureADTokenProvider: () => 'a-token-of-entra' };
    await client.withOptions({ deployment: 'two' }).chat.create(QUESTION);
    await client.withOptions({ endpoint: 'https://other.test' }).chat.create(QUESTION);
    await client.withOptions(other).chat.create(QUESTION);
    await client.withOptions(other).withOptions({ apiKey: KEY }).chat.create(QUESTION);
    const [two, elsewhere, token, key] = transport.requests;
    expect(two?.url).toContain('/deployments/two/');
    expect(elsewhere?.url).toMatch(/^https:\/\/other\.test\/openai\/deployments\/one\//);
    expect(token?.headers['authorization']).toBe('Bearer a-token-of-entra');
    expect(token?.headers).not.toHaveProperty('api-key');
    expect(key?.headers['api-key']).toBe(KEY);
  });

  it('is told apart from OpenAI in traces', async () => {
    transport.respond({ json: ANSWER });
    const tracer = new TestTracer();
    await using client = connect({ tracer });
    await client.chat.create(QUESTION);
    expect(Object.values(tracer.spans[0]?.attributes ?? {})).toContain('azure.ai.openai');
  });
});

describe('errors of Azure', () => {
  const filtered = {
    error: {
      message: 'The response was filtered.',
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'medium' } },
      },
    },
  };

  it.each<[string, number, object, new (message: string) => Error]>([
    ['a filter', 400, filtered, ContentFilterError],
    [
      'a filter, told by the inner error alone',
      400,
      { error: { ...filtered.error, code: '400' } },
      ContentFilterError,
    ],
    [
      'a filter of images',
      400,
      { error: { code: 'contentFilter', message: 'Your task failed.' } },
      ContentFilterError,
    ],
    [
      'a wrong key',
      401,
      { error: { code: '401', message: 'Access denied due to invalid subscription key.' } },
      AuthenticationError,
    ],
    [
      'a wrong key, by the gateway',
      401,
      { statusCode: 401, message: 'Unauthorized. Access token is missing.' },
      AuthenticationError,
    ],
    [
      'a deployment that is not there',
      404,
      { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } },
      NotFoundError,
    ],
    [
      'too many requests',
      429,
      { error: { code: '429', message: 'Please retry after 7 seconds.' } },
      RateLimitError,
    ],
  ])('%s', async (_what, status, json, type) => {
    const headers = { 'apim-request-id': 'apim-1', 'retry-after': '7' };
    transport.respond({ status, json, headers });
    await using client = connect();
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, requestId: 'apim-1' });
  });

  it('say what the filter found', async () => {
    transport.respond({ status: 400, json: filtered });
    await using client = connect();
    expect(await failure(client.chat.create(QUESTION))).toMatchObject({
      context: { innererror: filtered.error.innererror },
      param: 'prompt',
    });
  });
});

describe('streams of Azure', () => {
  const chunk = (choices: object[], more: object = {}): string =>
    `data: ${JSON.stringify({ id: 'c-1', model: 'gpt-4o', object: 'chat.completion.chunk', created: 1, choices, ...more })}\n\n`;

  it('may begin and end with what filters found', async () => {
    const results = [{ prompt_index: 0, content_filter_results: {} }];
    transport.stream([
      chunk([], { id: '', model: '', object: '', created: 0, prompt_filter_results: results }),
      chunk([{ index: 0, delta: { role: 'assistant', content: 'Well' }, finish_reason: null }]),
      chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      chunk([{ index: 0, finish_reason: null, content_filter_offsets: { check_offset: 1 } }], {
        id: '',
        model: '',
      }),
      'data: [DONE]\n\n',
    ]);
    await using client = connect();
    const stream = await client.chat.createStream(QUESTION);
    const completion = await stream.finalCompletion();
    expect(completion).toMatchObject({
      id: 'c-1',
      model: 'gpt-4o',
      choices: [{ message: { content: 'Well' }, finish_reason: 'stop' }],
    });
  });
});
