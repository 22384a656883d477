import { isIntegrationError, redact, type RedactOptions, redactText } from '@integrations/errors';
import type {
  Fields,
  Headers,
  HttpTransport,
  Logger,
  ObservedLimits,
  RateLimiter,
} from '@integrations/types';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import type { TokenUsage, UsageState } from '../token-usage.ts';
import { isAttributeValue } from './attribute-value.ts';
import { beginning, type LogSettings } from './log-settings.ts';

/** What every line of a call says. */
export interface CallIdentity {
  /** Ties the lines of one call together. */
  readonly correlationId: string;
  readonly operation: string;
  /** `/chat/completions` */
  readonly path: string;
  readonly model: string | undefined;
}

/** What the last line of a call that worked says. */
export interface CallSummary {
  readonly latencyMs: number;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly attempts: number;
  readonly facts: AnswerFacts;
  /** Undefined for a call that is none to a model. */
  readonly usageState: UsageState | undefined;
  readonly tokens: TokenUsage | undefined;
  readonly stream?: {
    readonly events: number;
    readonly firstEventMs: number;
    readonly cancelled: boolean;
  };
}

/** Milliseconds as people read them: no more of a fraction than a clock is worth. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** Says that the provider held something back. */
const MODERATED: ReadonlySet<string> = new Set(['content_filter', 'refusal']);

function message({ stream }: CallSummary): string {
  if (stream === undefined) return 'Request completed';
  return stream.cancelled ? 'Stream left before its end' : 'Stream completed';
}

/** Room for the body of a request with its tools, as loggers have it. */
const BODY_LIMITS: RedactOptions = { maxDepth: 16, maxValues: 10_000 };

/** A body as JSON. It may be one that has none, which the call itself will say. */
function textOf(body: unknown): string {
  return JSON.stringify(redact(body, BODY_LIMITS)) ?? '';
}

/** What was asked for, and nothing that was said: of a wrong request, any field may hold that. */
function parametersOf(facts: RequestFacts): Fields {
  const { operation: _name, messageCount: _count, stopSequences: _said, openai, ...rest } = facts;
  const known = Object.entries({ ...rest, ...openai });
  return Object.fromEntries(known.filter(([, value]) => isAttributeValue(value)));
}

/** The log lines of one call. Fields are made only for lines that will be written. */
export class CallLog {
  readonly #settings: LogSettings;
  readonly #logger: Logger;
  readonly #call: CallIdentity;

  constructor(settings: LogSettings, logger: Logger, call: CallIdentity) {
    this.#settings = settings;
    this.#logger = logger;
    this.#call = call;
    const level = settings.levels.requestStarted;
    if (logger.isLevelEnabled(level)) logger.log(level, 'Request started', this.#fields());
  }

  /** What is asked for, without what is said. */
  details(facts: RequestFacts | undefined, body: unknown): void {
    const logger = this.#logger;
    if (!logger.isLevelEnabled('debug')) return;
    logger.debug(
      'Request details',
      this.#fields({
        message_count: facts?.messageCount,
        parameters: facts === undefined ? {} : parametersOf(facts),
        ...(this.#settings.requests ? { content: beginning(redactText(textOf(body))) } : {}),
      }),
    );
    if (this.#settings.requests && logger.isLevelEnabled('trace')) {
      logger.trace('Request body', this.#fields({ body: redact(body, BODY_LIMITS) }));
    }
  }

  responded(attempt: number, status: number, headers: Headers): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    this.#logger.debug(
      'Response received',
      this.#fields({ attempt, status, headers: redact(headers) }),
    );
  }

  responseBody(body: unknown): void {
    if (!this.#settings.responses || !this.#logger.isLevelEnabled('debug')) return;
    const content = beginning(redactText(textOf(body)));
    this.#logger.debug('Response content', this.#fields({ content }));
    this.#logger.trace('Response body', this.#fields({ body: redact(body, BODY_LIMITS) }));
  }

  /** One event of a stream. */
  event(index: number, item: unknown): void {
    if (!this.#logger.isLevelEnabled('trace')) return;
    const content = this.#settings.responses ? { body: redact(item) } : {};
    this.#logger.trace('Stream event', this.#fields({ index, ...content }));
  }

  limits({ requests, tokens }: ObservedLimits): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    this.#logger.debug('Rate limit remaining', this.#fields({ requests, tokens }));
  }

  limiterState(limiter: RateLimiter): void {
    if (!this.#logger.isLevelEnabled('trace')) return;
    this.#logger.trace('Rate limiter state', this.#fields({ available: limiter.available() }));
  }

  waited(queue: string, waitedMs: number): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    this.#logger.debug(
      'Waited before sending',
      this.#fields({ queue, wait_time_ms: rounded(waitedMs) }),
    );
  }

  connections(transport: HttpTransport): void {
    if (!this.#logger.isLevelEnabled('trace') || transport.connections === undefined) return;
    this.#logger.trace('Connections', this.#fields({ ...transport.connections() }));
  }

  attemptFailed(attempt: number, error: unknown): void {
    if (!isIntegrationError(error) || !this.#logger.isLevelEnabled('warn')) return;
    const isLimit = error.code === 'rate_limit' || error.code === 'quota_exhausted';
    if (!isLimit && !error.retryable) return;
    const text = isLimit ? 'Rate limit hit' : 'Attempt failed';
    this.#logger.warn(text, this.#fields({ attempt, error }));
  }

  retrying(attempt: number, reason: string): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    this.#logger.debug('Retrying', this.#fields({ attempt, reason }));
  }

  completed(summary: CallSummary): void {
    const { facts, requestId } = summary;
    if (facts.finishReasons?.some((reason) => MODERATED.has(reason)) === true) {
      this.#logger.warn(
        'Answer was held back by the content filter',
        this.#fields({ request_id: requestId }),
      );
    }
    if (!this.#logger.isLevelEnabled('info')) return;
    this.#logger.info(message(summary), this.#fields(this.#summary(summary)));
  }

  failed(latencyMs: number, attempts: number, error: unknown): void {
    if (!this.#logger.isLevelEnabled('error')) return;
    this.#logger.error(
      'Request failed',
      this.#fields({ [this.#settings.fields.latency]: rounded(latencyMs), attempts, error }),
    );
  }

  #summary({ facts, stream, tokens, ...summary }: CallSummary): Fields {
    const names = this.#settings.fields;
    return {
      [names.latency]: rounded(summary.latencyMs),
      status: summary.status,
      request_id: summary.requestId,
      attempts: summary.attempts,
      finish_reason: facts.finishReasons?.[0],
      usage: summary.usageState,
      [names.promptTokens]: tokens?.inputTokens,
      [names.completionTokens]: tokens?.outputTokens,
      ...(stream === undefined
        ? {}
        : { events: stream.events, ttft_ms: rounded(stream.firstEventMs) }),
    };
  }

  #fields(more?: Fields): Fields {
    const { correlationId, operation, path, model } = this.#call;
    return { correlation_id: correlationId, operation, endpoint: path, model, ...more };
  }
}
