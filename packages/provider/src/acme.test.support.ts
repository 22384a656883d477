import { apiErrorFromStatus, InvalidJsonError } from '@integrations/errors';
import { parseRateLimitHeaders } from '@integrations/rate-limits';
import { ResilienceOrchestrator } from '@integrations/resilience';
import { OPENAI_METRICS } from '@integrations/semantic-conventions';
import {
  ManualClock,
  MockHttpTransport,
  TestLogger,
  TestMetrics,
  TestTracer,
} from '@integrations/testing';
import type { AttemptContext, ExecutionOptions, Orchestrator } from '@integrations/types';
import * as v from 'valibot';
import type { AnswerFacts } from './call-facts.ts';
import type { StreamOptions } from './call-options.ts';
import type { ClientDefaults } from './client-options.ts';
import { type Caller, createCaller } from './caller.ts';
import type { CallerOptions } from './caller-options.ts';
import { type JsonEndpoint, STREAM_END, STREAM_SKIP, type StreamEndpoint } from './endpoint.ts';
import { EventStream } from './event-stream.ts';
import type { Protection } from './protection.ts';
import type { ProviderProfile } from './provider-profile.ts';
import { validateWith } from './request-validation.ts';
import type { ResponsePromise } from './response-promise.ts';
import { Telemetry } from './telemetry/telemetry.ts';
import type { TelemetrySettings, TelemetrySinks } from './telemetry/telemetry-options.ts';
import type { TelemetryProfile } from './telemetry/telemetry-profile.ts';
import type { TokenUsage } from './token-usage.ts';

export interface AcmeRequest {
  readonly model?: string;
  readonly input?: unknown;
}

export interface AcmeAnswer {
  readonly output: string;
  readonly model?: string;
  readonly finish?: string;
  readonly usage?: TokenUsage;
}

export interface AcmeEvent {
  readonly delta: string;
  readonly model?: string;
  readonly finish?: string;
  readonly usage?: TokenUsage;
}

/** Every name that there can be. */
export const ACME_TELEMETRY: TelemetryProfile = {
  genAiProvider: 'acme_ai',
  metrics: OPENAI_METRICS.map((metric) => ({
    ...metric,
    name: metric.name.replace('openai', 'acme'),
  })),
  spans: {
    validate: 'acme.validate',
    execute: 'acme.execute',
    breaker: 'acme.breaker',
    limiter: 'acme.limiter',
    http: 'acme.http',
    serialize: 'acme.serialize',
    send: 'http.send',
    deserialize: 'acme.deserialize',
    record: 'acme.record',
  },
  attributes: {
    model: 'acme.model',
    messageCount: 'acme.messages',
    temperature: 'acme.temperature',
    maxTokens: 'acme.max_tokens',
    streaming: 'acme.streaming',
    finishReason: 'acme.finish_reason',
    promptTokens: 'acme.prompt_tokens',
    completionTokens: 'acme.completion_tokens',
    totalTokens: 'acme.total_tokens',
    chunks: 'acme.chunks',
    streamDuration: 'acme.stream_ms',
    usageState: 'acme.usage',
    attempt: 'acme.attempt',
    circuitState: 'acme.circuit',
  },
  httpDialect: 'openai',
  logTarget: 'acme::services',
  logLevels: { requestStarted: 'info', breakerChanged: 'info', breakerHalfOpen: 'warn' },
  logFields: { latency: 'latency_ms', promptTokens: 'tokens_in', completionTokens: 'tokens_out' },
};

/** A provider as small as one can be. */
export const ACME: ProviderProfile = {
  name: 'acme',
  requestIdHeaders: ['x-request-id', 'cf-ray'],
  toApiError: ({ status, body, requestId, retryAfterMs, call }) =>
    apiErrorFromStatus(status ?? 500, `${call}: ${JSON.stringify(body)}`, {
      requestId,
      retryAfterMs,
      provider: 'acme',
      context: { body },
    }),
  modelFamily: (model) => model,
  settle: 'actual',
  telemetry: ACME_TELEMETRY,
};

function gather(
  { model, finish, usage }: Pick<AcmeAnswer, 'model' | 'finish' | 'usage'>,
  facts: AnswerFacts,
): void {
  if (model !== undefined) facts.model = model;
  if (finish !== undefined) facts.finishReasons = [finish];
  if (usage !== undefined) facts.usage = usage;
}

export const CREATE: JsonEndpoint<AcmeRequest, AcmeAnswer> = {
  operation: 'answers.create',
  method: 'POST',
  path: '/answers',
  resultKey: 'output',
  validate: validateWith('acme answers.create', () =>
    v.union([
      v.function(),
      v.looseObject({ input: v.optional(v.custom((it) => it !== 'forbidden', 'is forbidden')) }),
    ]),
  ),
  estimateInputTokens: () => 7,
  describe: ({ model }) => ({ operation: 'chat', model, temperature: 0.5, messageCount: 1 }),
  collect: gather,
};

export const RETRIEVE: JsonEndpoint<undefined, AcmeAnswer> = {
  operation: 'answers.retrieve',
  method: 'GET',
  path: '/answers/{answer_id}',
  resultKey: 'output',
};

export const STREAM: StreamEndpoint<AcmeRequest, AcmeEvent> = {
  operation: 'answers.stream',
  method: 'POST',
  path: '/answers',
  decode: ({ data, event }, toApiError) => {
    if (data === '[DONE]') return STREAM_END;
    if (event === 'ping') return STREAM_SKIP;
    let body: object;
    try {
      body = JSON.parse(data) as object;
    } catch (cause) {
      throw new InvalidJsonError('an event is not JSON', { cause });
    }
    if ('error' in body) throw toApiError(body);
    return body as AcmeEvent;
  },
  estimateInputTokens: () => 7,
  describe: ({ model }) => ({ operation: 'chat', model, stream: true }),
  collect: gather,
};

export function createTelemetry(
  sinks: TelemetrySinks,
  settings: Partial<TelemetrySettings> = {},
): Telemetry {
  return new Telemetry({
    name: 'acme',
    profile: ACME_TELEMETRY,
    sinks,
    settings: {
      spanDetail: 'full',
      genAiProfile: '1.41',
      logRequests: false,
      logResponses: false,
      ...settings,
    },
    baseURL: 'https://api.acme.test/v1',
    random: () => 0,
  });
}

/** What a client of acme has where its user says nothing. */
export const ACME_DEFAULTS: ClientDefaults = {
  baseURL: 'https://api.acme.test/v1',
  timeout: '30s',
  userAgent: 'acme',
  headers: {},
};

/** Runs the operation again until it works, `attempts` times at most. */
class RepeatingOrchestrator implements Orchestrator {
  readonly #attempts: number;
  readonly #each: ResilienceOrchestrator;

  constructor(attempts: number, each: ResilienceOrchestrator) {
    this.#attempts = attempts;
    this.#each = each;
  }

  async execute<T>(
    operation: (attempt: AttemptContext) => Promise<T>,
    options?: ExecutionOptions,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#each.execute(
          ({ signal }) => operation(signal === undefined ? { attempt } : { attempt, signal }),
          options,
        );
      } catch (error) {
        if (attempt === this.#attempts) throw error;
      }
    }
  }
}

/** A client of acme with everything around it that a test looks at. */
export class AcmeHarness {
  readonly clock: ManualClock = new ManualClock();
  readonly transport: MockHttpTransport = new MockHttpTransport();
  readonly tracer: TestTracer = new TestTracer();
  readonly metrics: TestMetrics = new TestMetrics();
  readonly logger: TestLogger = new TestLogger();
  readonly caller: Caller;
  /** How often credentials were asked for. */
  asked = 0;

  constructor(
    options: Partial<CallerOptions> & {
      attempts?: number;
      timeoutMs?: number;
      protection?: Partial<Protection>;
      settings?: Partial<TelemetrySettings>;
    } = {},
  ) {
    const { clock, tracer, metrics, logger } = this;
    const { attempts = 1, timeoutMs = 30_000, protection, settings, ...rest } = options;
    this.caller = createCaller({
      profile: ACME,
      defaults: { baseURL: 'https://api.acme.test/v1', headers: {}, query: {} },
      authenticate: () => {
        this.asked += 1;
        return { authorization: `Bearer test-key-${this.asked}` };
      },
      transport: this.transport,
      clock,
      protections: () => ({
        orchestrator: new RepeatingOrchestrator(
          attempts,
          new ResilienceOrchestrator({ attemptTimeout: timeoutMs, clock }),
        ),
        circuitBreaker: undefined,
        rateLimiter: undefined,
        ...protection,
      }),
      telemetry: createTelemetry({ clock, tracer, metrics, logger }, settings),
      readLimits: parseRateLimitHeaders,
      streamIdleTimeoutMs: 1000,
      ...rest,
    });
  }

  create(
    body: AcmeRequest = { model: 'small', input: 'hello' },
    options?: StreamOptions,
  ): ReturnType<typeof this.caller.call<AcmeRequest, AcmeAnswer>> {
    return this.caller.call(CREATE, { body }, options);
  }

  stream(options?: StreamOptions): ResponsePromise<EventStream<AcmeEvent>> {
    return this.caller.stream(
      STREAM,
      { body: { model: 'small', input: 'hello' } },
      options,
      (reader) => new EventStream(reader),
    );
  }

  /** How the calls ended, by the counter's labels. */
  get endings(): string[] {
    const requests = this.metrics.metrics.find(({ name }) => name === 'acme_requests_total');
    return requests?.records.map(({ labels }) => labels['status'] ?? '') ?? [];
  }
}

export function delta(text: string): string {
  return `data: ${JSON.stringify({ delta: text })}\n\n`;
}

export const DONE = 'data: [DONE]\n\n';

export async function collect(stream: AsyncIterable<AcmeEvent>): Promise<string> {
  let text = '';
  for await (const event of stream) text += event.delta;
  return text;
}
