import { apiErrorFromStatus, InvalidJsonError } from '@integrations/errors';
import { ResilienceOrchestrator } from '@integrations/resilience';
import {
  ManualClock,
  MockHttpTransport,
  TestLogger,
  TestMetrics,
  TestTracer,
} from '@integrations/testing';
import type { AttemptContext, ExecutionOptions, Orchestrator } from '@integrations/types';
import type { StreamOptions } from './call-options.ts';
import { type Caller, type CallerOptions, createCaller } from './caller.ts';
import { type JsonEndpoint, STREAM_END, STREAM_SKIP, type StreamEndpoint } from './endpoint.ts';
import { EventStream } from './event-stream.ts';
import type { Protection } from './protection.ts';
import type { ProviderProfile } from './provider-profile.ts';
import { validateWith } from './request-validation.ts';
import type { ResponsePromise } from './response-promise.ts';
import { Telemetry } from './telemetry.ts';
import type { TokenUsage } from './token-usage.ts';

export interface AcmeRequest {
  readonly model?: string;
  readonly input?: unknown;
}

export interface AcmeAnswer {
  readonly output: string;
  readonly usage?: TokenUsage;
}

export interface AcmeEvent {
  readonly delta: string;
  readonly usage?: TokenUsage;
}

/** A provider as small as one can be. */
const ACME: ProviderProfile = {
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
};

export const CREATE: JsonEndpoint<AcmeRequest, AcmeAnswer> = {
  operation: 'answers.create',
  method: 'POST',
  path: '/answers',
  resultKey: 'output',
  validate: validateWith('acme answers.create', () => ({
    safeParse: (body) =>
      (body as AcmeRequest).input === 'forbidden'
        ? { success: false, error: { issues: [{ path: ['input'], message: 'is forbidden' }] } }
        : { success: true },
  })),
  usage: ({ usage }) => usage,
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
  usage: ({ usage }) => usage,
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
    } = {},
  ) {
    const { clock, tracer, metrics, logger } = this;
    const { attempts = 1, timeoutMs = 30_000, protection, ...rest } = options;
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
      telemetry: new Telemetry('acme', { clock, tracer, metrics, logger }),
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
