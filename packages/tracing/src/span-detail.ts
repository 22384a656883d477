import { wrongOption } from '@integrations/errors';
import type {
  Attributes,
  AttributeValue,
  Span,
  SpanOptions,
  SpanStatus,
  Tracer,
} from '@integrations/types';

/**
 * How much of a call is traced: `minimal` is the call itself; `standard` adds what
 * its time went to, the retries and the HTTP requests; `full` is every step.
 */
export type SpanDetail = 'minimal' | 'standard' | 'full';

/** The detail from which on each span is recorded, by the span's name. */
export type SpanLevels = Readonly<Record<string, SpanDetail>>;

/** Options of `withDetail`. */
export interface SpanDetailOptions {
  /** Spans whose name is not listed are always recorded. @default SPAN_LEVELS */
  readonly levels?: SpanLevels;
}

/** The spans inside of an operation of the provider clients. Operations are not listed: they always are. */
export const SPAN_LEVELS: SpanLevels = {
  'openai.resilience.execute': 'standard',
  'openai.http_request': 'standard',
  'openai.validate_request': 'full',
  'openai.circuit_breaker.check': 'full',
  'openai.rate_limiter.acquire': 'full',
  'openai.serialize_request': 'full',
  'openai.deserialize_response': 'full',
  'openai.record_metrics': 'full',
  'mistral.resilience.execute': 'standard',
  'mistral.http.request': 'standard',
  'mistral.validate_request': 'full',
  'mistral.circuit_breaker.check': 'full',
  'mistral.rate_limiter.acquire': 'full',
  'mistral.serialize_request': 'full',
  'mistral.deserialize_response': 'full',
  'mistral.record_metrics': 'full',
  'http.send': 'full',
};

const RANKS: Readonly<Record<SpanDetail, number>> = { minimal: 0, standard: 1, full: 2 };

/** Stands for a span that is not recorded. */
export class MutedSpan implements Span {
  /** The nearest span around it that is recorded. */
  readonly visible: Span | undefined;

  constructor(visible: Span | undefined) {
    this.visible = visible;
  }

  setAttribute(_key: string, _value: AttributeValue): void {}
  addEvent(_name: string, _attributes?: Attributes): void {}
  recordError(_error: unknown): void {}
  setStatus(_status: SpanStatus): void {}
  end(): void {}
}

class DetailTracer implements Tracer {
  readonly #tracer: Tracer;
  readonly #muted: ReadonlySet<string>;

  constructor(tracer: Tracer, muted: ReadonlySet<string>) {
    this.#tracer = tracer;
    this.#muted = muted;
  }

  startSpan(name: string, options?: SpanOptions): Span {
    const parent = options?.parent;
    const visible = parent instanceof MutedSpan ? parent.visible : parent;
    if (this.#muted.has(name)) return new MutedSpan(visible ?? this.#tracer.currentSpan());
    if (visible === parent) return this.#tracer.startSpan(name, options);
    const { parent: _muted, ...rest } = options ?? {};
    return this.#tracer.startSpan(
      name,
      visible === undefined ? rest : { ...rest, parent: visible },
    );
  }

  currentSpan(): Span | undefined {
    return this.#tracer.currentSpan();
  }

  withSpan<T>(span: Span, run: () => T): T {
    if (!(span instanceof MutedSpan)) return this.#tracer.withSpan(span, run);
    return span.visible === undefined ? run() : this.#tracer.withSpan(span.visible, run);
  }
}

/**
 * A tracer that leaves out the spans above a level of detail. What they would have
 * told is dropped; their children become children of the nearest span around that
 * is recorded, and that span is the current one while they run.
 *
 * @throws ConfigurationError when the detail, or a level of the table, is unknown.
 */
export function withDetail(
  tracer: Tracer,
  detail: SpanDetail,
  { levels = SPAN_LEVELS }: SpanDetailOptions = {},
): Tracer {
  const allowed = rankOf('detail', detail);
  const muted = Object.keys(levels).filter(
    (name) => rankOf(`levels.${name}`, levels[name]) > allowed,
  );
  return muted.length === 0 ? tracer : new DetailTracer(tracer, new Set(muted));
}

function rankOf(option: string, detail: SpanDetail | undefined): number {
  if (detail !== undefined && Object.hasOwn(RANKS, detail)) return RANKS[detail];
  throw wrongOption(option, "'minimal', 'standard' or 'full'", detail);
}
