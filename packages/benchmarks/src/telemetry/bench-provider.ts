import { apiErrorFromStatus } from '@integrations/errors';
import {
  type ClientReporter,
  createCaller,
  createProtections,
  type JsonEndpoint,
  type ProviderProfile,
  resolveClientOptions,
  Telemetry,
} from '@integrations/provider';
import { parseRateLimitHeaders } from '@integrations/rate-limits';
import { OPENAI_METRICS } from '@integrations/semantic-conventions';
import type { AsyncSubject } from '../suite.ts';
import { type ChatRequest, REQUEST } from '../server/answers.ts';
import { BASE_URL, InstantTransport } from './instant-transport.ts';

interface Completion {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly { readonly finish_reason: string }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

/** A provider in the form of OpenAI's, whose telemetry can be taken out. */
const PROFILE: ProviderProfile = {
  name: 'openai',
  requestIdHeaders: ['x-request-id'],
  toApiError: ({ status, requestId, call }) =>
    apiErrorFromStatus(status ?? 500, call, { requestId, provider: 'openai' }),
  modelFamily: (model) => model,
  settle: 'actual',
  telemetry: {
    genAiProvider: 'openai',
    metrics: OPENAI_METRICS,
    spans: {
      validate: 'openai.validate_request',
      execute: 'openai.resilience.execute',
      breaker: 'openai.circuit_breaker.check',
      limiter: 'openai.rate_limiter.acquire',
      http: 'openai.http_request',
      serialize: 'openai.serialize_request',
      send: 'http.send',
      deserialize: 'openai.deserialize_response',
      record: 'openai.record_metrics',
    },
    attributes: { usageState: 'openai.usage.state' },
    httpDialect: 'openai',
    logTarget: 'benchmark',
    logLevels: { requestStarted: 'info', breakerChanged: 'info', breakerHalfOpen: 'info' },
    logFields: {
      latency: 'latency_ms',
      promptTokens: 'tokens_prompt',
      completionTokens: 'tokens_completion',
    },
  },
};

const CREATE: JsonEndpoint<ChatRequest, Completion> = {
  operation: 'chat.create',
  method: 'POST',
  path: '/chat/completions',
  resultKey: 'choices',
  estimateTokens: () => 250,
  describe: ({ model, messages, temperature, max_completion_tokens: maxTokens }) => ({
    operation: 'chat',
    model,
    messageCount: messages.length,
    maxTokens,
    temperature,
  }),
  collect: ({ id, model, choices, usage }, facts) => {
    facts.id = id;
    facts.model = model;
    facts.finishReasons = choices.map((choice) => choice.finish_reason);
    facts.usage = { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
  },
};

const RESOLVED = resolveClientOptions(
  {},
  { baseURL: BASE_URL, timeout: '60s', userAgent: 'benchmark', headers: {} },
);

/** The telemetry of a client that was given nothing to report to. */
export function createSilentTelemetry(): Telemetry {
  return new Telemetry({
    name: PROFILE.name,
    profile: PROFILE.telemetry,
    sinks: RESOLVED.sinks,
    settings: RESOLVED.telemetry,
    baseURL: BASE_URL,
  });
}

/** One call after the other, with this telemetry. */
export function callWith(telemetry: ClientReporter): AsyncSubject {
  const { defaults, sinks, timeoutMs, totalTimeoutMs, streamIdleTimeoutMs } = RESOLVED;
  const caller = createCaller({
    profile: PROFILE,
    defaults,
    authenticate: () => ({ authorization: 'Bearer benchmark-key' }),
    readLimits: parseRateLimitHeaders,
    transport: new InstantTransport(),
    protections: createProtections({
      settings: {},
      timeoutMs,
      totalTimeoutMs,
      clock: sinks.clock,
      logger: sinks.logger,
      modelFamily: PROFILE.modelFamily,
      settle: PROFILE.settle,
      onBreakerCreated: () => undefined,
      onBreakerChange: () => undefined,
    }),
    telemetry,
    clock: sinks.clock,
    streamIdleTimeoutMs,
  });
  return { call: async () => (await caller.call(CREATE, { body: REQUEST })).id };
}
