/** What a span attribute can hold. */
export type AttributeValue = string | number | boolean | readonly string[] | readonly number[];

/** Span attributes by name. */
export interface Attributes {
  readonly [name: string]: AttributeValue | undefined;
}

/** How the work of a span ended. */
export type SpanStatus = 'unset' | 'ok' | 'error';

/** The span's role, as OpenTelemetry names it. */
export type SpanKind = 'internal' | 'client' | 'server' | 'producer' | 'consumer';

/** How a span begins. */
export interface SpanOptions {
  readonly attributes?: Attributes;
  /** @default 'internal' */
  readonly kind?: SpanKind;
  /** @default the current span */
  readonly parent?: Span;
}

/** A stretch of work. */
export interface Span {
  setAttribute(key: string, value: AttributeValue): void;
  addEvent(name: string, attributes?: Attributes): void;
  recordError(error: unknown): void;
  setStatus(status: SpanStatus): void;
  end(): void;
}

/** Makes spans. */
export interface Tracer {
  startSpan(name: string, options?: SpanOptions): Span;
  currentSpan(): Span | undefined;
  /** Runs the function with the span as the current one. */
  withSpan<T>(span: Span, run: () => T): T;
  /**
   * The headers that carry the span's trace to another service: `traceparent`,
   * `tracestate`. Empty where there is no trace.
   */
  propagationHeaders?(span: Span): Readonly<Record<string, string>>;
}

function discard(): void {}

/** Records nothing. */
export const noopSpan: Span = {
  setAttribute: discard,
  addEvent: discard,
  recordError: discard,
  setStatus: discard,
  end: discard,
};

/** Traces nothing. */
export const noopTracer: Tracer = {
  startSpan: () => noopSpan,
  currentSpan: () => undefined,
  withSpan: (_span, run) => run(),
};
