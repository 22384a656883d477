import process from 'node:process';
import { inspect } from 'node:util';
import { isIntegrationError } from '@integrations/errors';
import { createSimulator } from '@integrations/simulator';
import { TestLogger, TestMetrics, TestTracer } from '@integrations/testing';
import { createTracer } from '@integrations/tracing';
import { UndiciTransport } from '@integrations/transport';
import type { HttpTransport, Logger, Tracer } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerError,
  answerEvents,
  answerJson,
  answerText,
  CHUNK,
} from './echo-server.test.support.ts';
import { FAILING_PROVIDERS, type FailingOptions } from './failing-providers.test.support.ts';
import { FailureBench } from './failure-bench.test.support.ts';
import { failurePathsOf } from './failure-paths.test.support.ts';
import type { Marked } from './marked.test.support.ts';
import { Observation, type WrittenLine } from './observed-client.test.support.ts';
import {
  type Evidence,
  marker,
  printed,
  printedFailure,
  SecretCheck,
} from './secret-check.test.support.ts';

/** What every request may tell. */
const SENT = { key: marker(), organization: marker(), project: marker(), prompt: marker(120) };
const MARKED: Marked = { ...SENT, jobSecret: marker() };
const { prompt: PROMPT, ...CREDENTIALS } = SENT;
const CHECK = new SecretCheck({ ...MARKED });
const NO_CREDENTIALS = new SecretCheck({ ...CREDENTIALS, jobSecret: MARKED.jobSecret });

let observation: Observation;
let bench: FailureBench;
let warnings: string[];

function onWarning(warning: Error): void {
  warnings.push(inspect(warning, { showHidden: true }));
}

beforeEach(async () => {
  warnings = [];
  process.on('warning', onWarning);
  observation = await Observation.start();
  bench = new FailureBench(FAILING_PROVIDERS.openai, MARKED, observation.sinks);
});

afterEach(async () => {
  await bench[Symbol.asyncDispose]();
  await observation[Symbol.asyncDispose]();
  process.off('warning', onWarning);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('this should have failed');
}

/** Everything that left the client other than to the provider. */
async function told(): Promise<Evidence> {
  await observation.flush();
  // Warnings are emitted after what they warn of.
  await new Promise((resolve) => setImmediate(resolve));
  return {
    'log lines': observation.lineTexts.join(''),
    OTLP: observation.collector.bodies.join('\n'),
    Prometheus: await observation.prometheus.metrics(),
    'process warnings': warnings.join('\n'),
  };
}

describe.each(Object.values(FAILING_PROVIDERS))('of $name', (provider) => {
  const paths = failurePathsOf(provider.name);
  const { key } = MARKED;
  // Where there are no accounts, the key stands for them wherever they would be put.
  const marked = provider.hasAccounts ? MARKED : { ...MARKED, organization: key, project: key };

  beforeEach(() => {
    bench = new FailureBench(provider, marked, observation.sinks);
  });

  describe('a call that fails gives no secret away', () => {
    it.each(paths)('$name', async ({ code, run }) => {
      const error = await failureOf(() => run(bench));
      expect(isIntegrationError(error) && error.code).toBe(code);
      expect(CHECK.findings({ ...printedFailure(error), ...(await told()) })).toEqual([]);
    });

    it.each(paths)('$name, to parts that scrub nothing', async ({ code, run }) => {
      const sinks = {
        logger: new TestLogger(),
        tracer: new TestTracer(),
        metrics: new TestMetrics(),
      };
      const open = new FailureBench(provider, marked, sinks);
      const error = await failureOf(() => run(open));
      await open[Symbol.asyncDispose]();
      expect(isIntegrationError(error) && error.code).toBe(code);
      const { lines } = sinks.logger;
      const { spans } = sinks.tracer;
      const { metrics } = sinks.metrics;
      const evidence = [
        printed('lines', lines),
        printed('spans', spans),
        printed('metrics', metrics),
      ];
      expect(CHECK.findings(Object.assign({}, ...evidence) as Evidence)).toEqual([]);
    });

    it.each(paths)('$name, to standard error', async ({ code, run }) => {
      vi.stubEnv(`${provider.name.toUpperCase()}_LOG_LEVEL`, 'trace');
      const error = vi.spyOn(console, 'error').mockReturnValue();
      const quiet = new FailureBench(provider, marked, { logger: undefined });
      const failure = await failureOf(() => run(quiet));
      await quiet[Symbol.asyncDispose]();
      expect(isIntegrationError(failure) && failure.code).toBe(code);
      expect(CHECK.findings({ console: error.mock.calls.flat().join('\n') })).toEqual([]);
    });
  });

  describe('a key that is cut by a quote is no key any more, and gives nothing away', () => {
    const bodies: readonly (readonly [name: string, ask: (before: string) => Promise<unknown>])[] =
      [
        [
          'a page in place of JSON',
          (before) => bench.ask(answerText(200, 'text/html', () => before + MARKED.key)),
        ],
        [
          'JSON that is none',
          (before) =>
            bench.ask(answerText(200, 'application/json', () => `{"${before + MARKED.key}`)),
        ],
        [
          'JSON of another kind',
          (before) => bench.ask(answerJson(200, () => ({ sent: before + MARKED.key }))),
        ],
        [
          'a page with an error status',
          (before) => bench.ask(answerText(400, 'text/html', () => before + MARKED.key)),
        ],
        [
          'a page in place of a stream',
          (before) => bench.stream(answerText(200, 'text/html', () => before + MARKED.key)),
        ],
        [
          'an event that is no JSON',
          (before) =>
            bench.stream(answerEvents(() => [CHUNK, `{"${before + MARKED.key}`, CHUNK, '[DONE]'])),
        ],
      ];

    it.each(bodies)('%s', async (_name, ask) => {
      for (const before of [80, 100, 110, 150, 170, 190, 210, 230]) {
        const error = await failureOf(() => ask('- '.repeat(before / 2)));
        expect(isIntegrationError(error)).toBe(true);
        expect(CHECK.findings(printedFailure(error))).toEqual([]);
      }
      expect(CHECK.findings(await told())).toEqual([]);
    });
  });

  describe('a call that works gives no secret away', () => {
    it('in what it is reported by, nor in what it is made with', async () => {
      await using simulator = await createSimulator({
        provider: provider.name,
        apiKeys: [MARKED.key],
      });
      const client = bench.client({ baseURL: simulator.baseURL });
      const running = client.chat.create(bench.request);
      const promise = printed('promise', running);
      await running;
      const opening = client.chat.createStream(bench.request);
      const stream = await opening;
      const open = printed('open stream', stream);
      await stream.finalCompletion();
      const list = await client.models.list();
      await client.embeddings.create({ model: provider.embeddingModel, input: PROMPT });
      expect(
        CHECK.findings({
          ...promise,
          ...open,
          ...printed('promise of a stream', opening),
          ...printed('stream', stream),
          ...printed('list', list),
          ...printed('client', client),
          ...printed('chat', client.chat),
          ...('completions' in client.chat && printed('completions', client.chat.completions)),
          ...printed('embeddings', client.embeddings),
          ...(await told()),
        }),
      ).toEqual([]);
    });

    it('where the answer says what was sent', async () => {
      const answer = answerJson(200, ({ headers }) => ({
        id: headers.authorization,
        model: headers['openai-organization'],
        system_fingerprint: headers['openai-project'],
        choices: [{ index: 0, finish_reason: headers.authorization, message: {} }],
      }));
      await bench.ask(answer);
      expect(CHECK.findings(await told())).toEqual([]);
    });
  });

  describe('what was opted in to', () => {
    const OPTED: FailingOptions = { logRequests: true, logResponses: true };

    function lines(level: string): readonly WrittenLine[] {
      return observation.lines.filter((line) => line.level === level);
    }

    function shows(line: WrittenLine, text: string): boolean {
      return JSON.stringify(line).includes(text);
    }

    it('is shown in part at debug and whole at trace, without any credentials', async () => {
      await using simulator = await createSimulator({
        provider: provider.name,
        apiKeys: [MARKED.key],
      });
      const client = bench.client({ baseURL: simulator.baseURL, ...OPTED });
      const content = `${PROMPT} ${[marked.key, marked.organization, marked.project].join(' ')}`;
      // First, so that the beginning of the body has it.
      const request = { messages: [{ role: 'user', content }], model: provider.model } as const;
      await client.chat.create(request);
      await (await client.chat.createStream(request)).finalCompletion();
      expect(lines('DEBUG').some((line) => shows(line, PROMPT.slice(0, 20)))).toBe(true);
      expect(lines('DEBUG').filter((line) => shows(line, PROMPT))).toEqual([]);
      expect(lines('TRACE').some((line) => shows(line, PROMPT))).toBe(true);
      expect(lines('INFO').filter((line) => shows(line, PROMPT.slice(0, 8)))).toEqual([]);
      const { 'log lines': logged = '', ...elsewhere } = await told();
      expect(NO_CREDENTIALS.findings({ logged })).toEqual([]);
      expect(CHECK.findings(elsewhere)).toEqual([]);
    });

    it.each(paths)('shows no credentials: $name', async ({ code, run }) => {
      const open = new FailureBench(provider, marked, { ...observation.sinks, ...OPTED });
      const error = await failureOf(() => run(open));
      await open[Symbol.asyncDispose]();
      expect(isIntegrationError(error) && error.code).toBe(code);
      const { 'log lines': logged = '', ...elsewhere } = await told();
      expect(NO_CREDENTIALS.findings({ logged })).toEqual([]);
      expect(CHECK.findings(elsewhere)).toEqual([]);
    });
  });
});

describe('the check itself', () => {
  /** Tells a logger and a tracer what no transport should. */
  function talkative(logger: Logger, tracer: Tracer): HttpTransport {
    const transport = new UndiciTransport();
    return {
      send: async (request) => {
        logger.info('sent', { body: request.body, note: JSON.stringify(request.headers) });
        const attributes = { note: JSON.stringify(request.headers) };
        tracer.startSpan('sent', { attributes }).end();
        return transport.send(request);
      },
      sendStreaming: (request) => transport.sendStreaming(request),
    };
  }

  /** A logger without a scrubber. */
  function leaky(lines: string[]): Logger {
    const write = (message: string, fields?: object): void => {
      lines.push(JSON.stringify({ message, ...fields }));
    };
    const logger: Logger = {
      log: (_level, message, fields) => write(message, fields),
      error: write,
      warn: write,
      info: write,
      debug: write,
      trace: write,
      isLevelEnabled: () => true,
      child: () => logger,
    };
    return logger;
  }

  async function callThrough(transport: HttpTransport): Promise<void> {
    const baseURL = await bench.serve(answerError(400));
    await failureOf(() => bench.client({ baseURL, transport }).chat.create(bench.request));
  }

  it('finds what a logger without a scrubber lets through', async () => {
    const quiet = createTracer();
    await callThrough(talkative(leaky(observation.lineTexts), quiet));
    expect(CHECK.findings(await told())).toEqual(
      Object.keys(SENT).map((name) => `${name} in log lines`),
    );
  });

  it('finds what a tracer without a scrubber lets through', async () => {
    const open = createTracer({ redact: (text) => text });
    await callThrough(talkative(leaky([]), open));
    expect(CHECK.findings(await told())).toEqual(
      Object.keys(CREDENTIALS).map((name) => `${name} in OTLP`),
    );
  });

  it('finds nothing where both have theirs', async () => {
    await callThrough(talkative(observation.logger, observation.tracer));
    expect(NO_CREDENTIALS.findings(await told())).toEqual([]);
  });

  it.each([
    ['its message', new Error(MARKED.key), 'error as text'],
    ['its cause', new Error('outer', { cause: new Error(MARKED.key) }), 'error.cause as text'],
    ['a member of it', Object.assign(new Error('x'), { sent: MARKED.key }), 'error as JSON'],
    [
      'a member that is hidden',
      Object.defineProperty(new Error('x'), 'sent', { value: MARKED.key }),
      'error inspected',
    ],
    ['a piece of a key', new Error(`it begins with ${MARKED.key.slice(0, 8)}…`), 'error as text'],
  ])('finds a key in an error: %s', (_where, error, place) => {
    expect(CHECK.findings(printedFailure(error))).toContain(`key in ${place}`);
  });
});
