import process from 'node:process';
import { answerError } from './echo-server.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

/** Where keys are put that belong elsewhere. */
const BASE_URLS: readonly (readonly [what: string, baseURL: (key: string) => string])[] = [
  ['credentials', (key) => `https://user:${key}@host.invalid/v1`],
  ['credentials and a wrong port', (key) => `https://user:${key}@host.invalid:port/v1`],
  ['the key in its query', (key) => `https://host.invalid/v1?api_key=${key}`],
  ['no scheme, and credentials', (key) => `//user:${key}@host.invalid/v1`],
  ['another scheme, and credentials', (key) => `ftp://user:${key}@host.invalid/v1`],
  ['no TLS, and credentials', (key) => `http://user:${key}@host.invalid/v1`],
];

/** What never leaves the process. */
export const MISTAKES: readonly FailurePath[] = [
  {
    name: 'a request that is wrong',
    code: 'validation',
    run: (bench) =>
      bench.client({}).chat.create({
        ...bench.request,
        messages: [{ role: bench.marked.prompt as 'user', content: bench.marked.prompt }],
        temperature: 99,
      }),
  },
  {
    name: 'a request of other kinds than are told of',
    code: 'validation',
    run: (bench) =>
      bench.client({}).chat.create({
        ...bench.request,
        model: { name: bench.marked.prompt } as never,
        temperature: { value: bench.marked.prompt },
        stop: [1, { text: bench.marked.prompt }],
      }),
  },
  {
    name: 'a request that holds itself',
    code: 'serialization',
    run: (bench) => {
      const message: Record<string, unknown> = { role: 'user', content: bench.marked.prompt };
      message['again'] = message;
      return bench.client({}).chat.create({ ...bench.request, messages: [message as never] });
    },
  },
  {
    name: 'a request with what JSON cannot say',
    code: 'serialization',
    run: (bench) =>
      bench.client({}).chat.create({ ...bench.request, seed: 12_345_678_901_234_567_890n }),
  },
  {
    name: 'a header that cannot be sent',
    code: 'validation',
    run: (bench) =>
      bench
        .client({ baseURL: 'http://127.0.0.1:1/v1' })
        .chat.create(bench.request, { headers: { 'x-note': `a\n${bench.marked.key}` } }),
  },
  {
    name: 'a key in the query',
    code: 'bad_request',
    run: async (bench) => {
      const defaultQuery = { api_key: bench.marked.key, page: bench.marked.organization };
      const client = await bench.clientOf(answerError(400), { defaultQuery });
      await client.chat.create(bench.request, { query: { sig: bench.marked.project } });
    },
  },
  {
    name: 'an apiKey function that fails after it worked',
    code: 'configuration',
    run: async (bench) => {
      const { key } = bench.marked;
      let asked = 0;
      const client = await bench.clientOf(answerError(400), {
        apiKey: () => {
          asked += 1;
          if (asked === 1) return key;
          throw new Error(`the vault does not give ${key}`, { cause: new Error(key) });
        },
      });
      await client.models.list().catch(() => undefined);
      await client.models.list();
    },
  },
  {
    name: 'a key with a line break',
    code: 'configuration',
    run: (bench) => bench.client({ apiKey: `${bench.marked.key}\n` }),
  },
  {
    name: 'an apiKey function that gives no key',
    code: 'configuration',
    run: (bench) =>
      bench
        .client({ apiKey: () => `${bench.marked.key} ${bench.marked.key}` })
        .chat.create(bench.request),
  },
  ...BASE_URLS.map(([what, baseURL]): FailurePath => ({
    name: `a baseURL with ${what}`,
    code: 'configuration',
    run: (bench) => bench.client({ baseURL: baseURL(bench.marked.key) }),
  })),
  {
    name: 'an option that is wrong',
    code: 'configuration',
    run: (bench) => bench.client({ timeout: 'soon' as never }),
  },
  {
    name: 'a setting of the environment that is wrong',
    code: 'configuration',
    run: ({ provider, marked }) =>
      withEnvironment(provider.wrongEnvironment(marked), provider.createUnconfigured),
  },
];

/** Runs with variables that are gone afterwards. */
function withEnvironment<T>(variables: Readonly<Record<string, string>>, run: () => T): T {
  const { env } = process;
  process.env = { ...env, ...variables };
  try {
    return run();
  } finally {
    process.env = env;
  }
}
