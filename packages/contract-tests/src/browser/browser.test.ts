import { createSimulator, type Simulator, type SimulatorOptions } from '@integrations/simulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_CLIENTS, type BrowserClient } from './browser-clients.ts';
import { bundleForBrowser } from './bundle.test.support.ts';
import {
  type Chromium,
  HAS_CHROMIUM,
  startChromium,
  UNLESS_MISSING,
} from './chromium.test.support.ts';
import { type PageServer, servePage } from './page-server.test.support.ts';

/** What pages call, as far as all providers have it. */
interface PageClient {
  readonly chat: {
    create(request: object, options?: object): Promise<ChatAnswer>;
    createStream(request: object, options?: object): Promise<AsyncIterable<ChatChunk>>;
  };
  readonly embeddings: {
    create(request: object): Promise<{ readonly data: { readonly embedding: number[] }[] }>;
  };
}

interface ChatAnswer {
  readonly choices: { readonly message: { readonly content: string } }[];
}

interface ChatChunk {
  readonly choices: { readonly delta: { readonly content?: string } }[];
}

/** The globals of a page. */
interface PageGlobals {
  connect(options: object): PageClient;
}

/** What an error of ours tells, as far as it can leave the page; bundles shorten the names of classes. */
interface ToldError {
  readonly code?: string;
  readonly requestId?: string;
  readonly message: string;
}

/** A page with a client, and the server that it calls, which is of another origin. */
interface Trial extends AsyncDisposable {
  readonly page: Page;
  readonly simulator: Simulator;
  readonly options: object;
}

const KINDS = ['client', 'core'] as const;

let chromium: Chromium | undefined;

async function tryIn(
  { provider, modules }: BrowserClient,
  kind: (typeof KINDS)[number],
  more: SimulatorOptions = {},
): Promise<Trial> {
  if (chromium === undefined) throw new Error('The browser was not started.');
  const simulator = await createSimulator({
    provider,
    cors: true,
    apiKeys: ['test-key'],
    ...more,
  });
  const { code } = await bundleForBrowser(modules[kind]);
  const server: PageServer = await servePage(code);
  const page = await chromium.context.newPage();
  await page.goto(server.url);
  const options = { apiKey: 'test-key', baseURL: simulator.baseURL, dangerouslyAllowBrowser: true };
  return {
    page,
    simulator,
    options,
    async [Symbol.asyncDispose]() {
      await page.close();
      await server[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

/** The answer to a question, or the error that came in its place. */
function ask(
  { page, options }: Trial,
  model: string,
  changes: object = {},
): Promise<string | ToldError> {
  return page.evaluate(
    async ([connectOptions, name]) => {
      try {
        const { connect } = globalThis as unknown as PageGlobals;
        const { choices } = await connect(connectOptions).chat.create({
          model: name,
          messages: [{ role: 'user', content: 'Hello from a page' }],
        });
        return choices[0]?.message.content ?? '';
      } catch (error) {
        const { code, requestId, message } = error as ToldError;
        return { message, ...(code && { code }), ...(requestId && { requestId }) };
      }
    },
    [{ ...options, ...changes }, model] as const,
  );
}

describe.skipIf(!HAS_CHROMIUM)(`in Chromium${UNLESS_MISSING}`, () => {
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(async () => {
    await chromium?.[Symbol.asyncDispose]();
  });

  describe.each(BROWSER_CLIENTS)('$provider', (subject) => {
    describe.each(KINDS)('with its %s', (kind) => {
      it('asks a server of another origin, which was asked for leave first', async () => {
        await using trial = await tryIn(subject, kind);
        expect(await ask(trial, subject.chatModel)).toContain('page');
        expect(trial.simulator.requests.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
      });

      it('tries again after a failure', async () => {
        await using trial = await tryIn(subject, kind);
        trial.simulator.inject({ match: { method: 'POST' }, times: 1, fault: { status: 503 } });
        expect(await ask(trial, subject.chatModel)).toContain('page');
        const statuses = trial.simulator.requests.map(({ status }) => status);
        expect(statuses.slice(-2)).toEqual([503, 200]);
      });

      it('reads an answer as it is written', async () => {
        await using trial = await tryIn(subject, kind);
        const { page, options } = trial;
        const texts = await page.evaluate(
          async ([connectOptions, model]) => {
            const { connect } = globalThis as unknown as PageGlobals;
            const stream = await connect(connectOptions).chat.createStream({
              model,
              messages: [{ role: 'user', content: 'Hello from a page' }],
            });
            const pieces: string[] = [];
            for await (const { choices } of stream) {
              pieces.push(choices[0]?.delta.content ?? '');
            }
            return pieces.filter((piece) => piece !== '');
          },
          [options, subject.chatModel] as const,
        );
        expect(texts.length).toBeGreaterThan(1);
        expect(texts.join('')).toContain('page');
      });

      it('leaves an answer in the midst of it', async () => {
        await using trial = await tryIn(subject, kind, { eventGapMs: 50 });
        const { page, options, simulator } = trial;
        const code = await page.evaluate(
          async ([connectOptions, model]) => {
            const { connect } = globalThis as unknown as PageGlobals;
            const controller = new AbortController();
            const stream = await connect(connectOptions).chat.createStream(
              { model, messages: [{ role: 'user', content: 'Hello from a page. '.repeat(50) }] },
              { signal: controller.signal },
            );
            let read = 0;
            try {
              for await (const { choices } of stream) {
                read += choices.length;
                controller.abort();
              }
              return `whole after ${read}`;
            } catch (error) {
              return (error as { readonly code?: string }).code;
            }
          },
          [options, subject.chatModel] as const,
        );
        expect(code).toBe('aborted');
        await simulator.waitForIdle();
        expect(simulator.requests.at(-1)).toMatchObject({ method: 'POST', aborted: true });
      });

      it('tells of an error by its code, with the id of the request', async () => {
        await using trial = await tryIn(subject, kind);
        const error = await ask(trial, subject.chatModel, { apiKey: 'wrong-key' });
        expect(error).toMatchObject({
          code: 'authentication',
          requestId: expect.any(String),
        });
        expect(JSON.stringify(error)).not.toContain('wrong-key');
      });

      it('tells of a server that no page may call', async () => {
        await using trial = await tryIn(subject, kind, { cors: false });
        const error = await ask(trial, subject.chatModel, { maxRetries: 0 });
        expect(error).toMatchObject({
          code: 'connection',
          message: expect.stringContaining('CORS'),
        });
      });

      it('is not made where everybody could read its key, unless that is allowed', async () => {
        await using trial = await tryIn(subject, kind);
        const error = await ask(trial, subject.chatModel, { dangerouslyAllowBrowser: undefined });
        expect(error).toMatchObject({
          code: 'configuration',
          message: expect.stringContaining('dangerouslyAllowBrowser'),
        });
        expect(trial.simulator.requests).toEqual([]);
      });
    });

    it('makes an embedding', async () => {
      await using trial = await tryIn(subject, 'client');
      const { page, options } = trial;
      const vector = await page.evaluate(
        async ([connectOptions, model]) => {
          const { connect } = globalThis as unknown as PageGlobals;
          const request = { model, input: ['Hello from a page'] };
          const { data } = await connect(connectOptions).embeddings.create(request);
          return [...(data[0]?.embedding ?? [])];
        },
        [options, subject.embeddingModel] as const,
      );
      expect(vector.length).toBeGreaterThan(100);
      expect(vector.every((coordinate) => Math.abs(coordinate) <= 1)).toBe(true);
    });
  });
});
