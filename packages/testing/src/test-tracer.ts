import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  Attributes,
  AttributeValue,
  Span,
  SpanKind,
  SpanOptions,
  SpanStatus,
  Tracer,
} from '@integrations/types';

/** An event as a span was given it. */
export interface RecordedEvent {
  readonly name: string;
  readonly attributes: Attributes;
}

/** A span that keeps what it is told. Once ended it keeps nothing more, as OpenTelemetry has it. */
export class TestSpan implements Span {
  readonly name: string;
  readonly kind: SpanKind;
  readonly parent: Span | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly events: readonly RecordedEvent[];
  readonly errors: readonly unknown[];
  /** Calls that came after the end, by the method's name: a double `end`, say. Should be empty. */
  readonly lateCalls: readonly string[];
  readonly #attributes: Record<string, AttributeValue> = {};
  readonly #events: RecordedEvent[] = [];
  readonly #errors: unknown[] = [];
  readonly #lateCalls: string[] = [];
  #status: SpanStatus = 'unset';
  #ended = false;

  constructor(name: string, options: SpanOptions = {}) {
    this.name = name;
    this.kind = options.kind ?? 'internal';
    this.parent = options.parent;
    this.attributes = this.#attributes;
    this.events = this.#events;
    this.errors = this.#errors;
    this.lateCalls = this.#lateCalls;
    for (const [key, value] of Object.entries(options.attributes ?? {})) {
      if (value !== undefined) this.#attributes[key] = value;
    }
  }

  get status(): SpanStatus {
    return this.#status;
  }

  get ended(): boolean {
    return this.#ended;
  }

  setAttribute(key: string, value: AttributeValue): void {
    if (this.#isOpen('setAttribute')) this.#attributes[key] = value;
  }

  addEvent(name: string, attributes: Attributes = {}): void {
    if (this.#isOpen('addEvent')) this.#events.push({ name, attributes: { ...attributes } });
  }

  recordError(error: unknown): void {
    if (this.#isOpen('recordError')) this.#errors.push(error);
  }

  setStatus(status: SpanStatus): void {
    if (this.#isOpen('setStatus')) this.#status = status;
  }

  end(): void {
    if (this.#isOpen('end')) this.#ended = true;
  }

  #isOpen(call: string): boolean {
    if (this.#ended) this.#lateCalls.push(call);
    return !this.#ended;
  }
}

/** Where a span stands in its trace. */
interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
}

/**
 * Keeps every span that it started. The current span follows async work, as in production.
 * Ids count the spans, so that a test knows them: the first has `0000000000000001`, in
 * a trace of the same number.
 */
export class TestTracer implements Tracer {
  /** In the order in which they were started. */
  readonly spans: readonly TestSpan[];
  readonly #spans: TestSpan[] = [];
  readonly #contexts = new WeakMap<Span, TraceContext>();
  #started = 0;
  readonly #current = new AsyncLocalStorage<Span>();

  constructor() {
    this.spans = this.#spans;
  }

  startSpan(name: string, options: SpanOptions = {}): TestSpan {
    const parent = options.parent ?? this.currentSpan();
    const span = new TestSpan(name, parent === undefined ? options : { ...options, parent });
    this.#spans.push(span);
    this.#contexts.set(span, this.#nextContext(parent));
    return span;
  }

  currentSpan(): Span | undefined {
    return this.#current.getStore();
  }

  withSpan<T>(span: Span, run: () => T): T {
    return this.#current.run(span, run);
  }

  /** A `traceparent` that says sampled, for a span of its own; no headers for any other. */
  propagationHeaders(span: Span): Readonly<Record<string, string>> {
    const found = this.#contexts.get(span);
    if (found === undefined) return {};
    return { traceparent: `00-${found.traceId}-${found.spanId}-01` };
  }

  /** The spans that have not ended: none should be left after a test. */
  get open(): readonly TestSpan[] {
    return this.#spans.filter((span) => !span.ended);
  }

  /**
   * The one span of that name.
   *
   * @throws Error when there is none, or more than one.
   */
  span(name: string): TestSpan {
    const [found, ...others] = this.#spans.filter((span) => span.name === name);
    if (found !== undefined && others.length === 0) return found;
    const names = this.#spans.map((span) => JSON.stringify(span.name)).join(', ');
    const count = found === undefined ? 'no span' : `${others.length + 1} spans`;
    throw new Error(`${count} named ${JSON.stringify(name)} among [${names}]`);
  }

  /** Forgets the spans so far. Ids go on counting. */
  clear(): void {
    this.#spans.length = 0;
  }

  #nextContext(parent: Span | undefined): TraceContext {
    this.#started += 1;
    const number = this.#started.toString(16);
    const around = parent && this.#contexts.get(parent);
    return {
      traceId: around?.traceId ?? number.padStart(32, '0'),
      spanId: number.padStart(16, '0'),
    };
  }
}
