import { redactText, wrongOption } from '@integrations/errors';
import type { Span, SpanKind, SpanOptions, Tracer } from '@integrations/types';
import {
  type Tracer as ApiTracer,
  type Context,
  context,
  SpanKind as ApiSpanKind,
  trace,
} from '@opentelemetry/api';
import { OpenTelemetrySpan } from './opentelemetry-span.ts';
import { propagationHeaders } from './propagation.ts';
import { Scrubber } from './scrubber.ts';

/** Options of `createTracer`. */
export interface TracerOptions {
  /**
   * A tracer of the OpenTelemetry API to use.
   * @default one of the global provider, which may be set up later
   */
  readonly tracer?: ApiTracer;
  /** The name of the instrumentation scope, unless `tracer` is given. @default '@integrations/tracing' */
  readonly name?: string;
  /** The version of the instrumentation scope, unless `tracer` is given. @default none */
  readonly version?: string;
  /**
   * Takes secrets out of texts: string attributes, and the messages and stacks of errors.
   * @default `redactText` of `@integrations/errors`
   */
  readonly redact?: (text: string) => string;
}

const KINDS: Readonly<Record<SpanKind, ApiSpanKind>> = {
  internal: ApiSpanKind.INTERNAL,
  client: ApiSpanKind.CLIENT,
  server: ApiSpanKind.SERVER,
  producer: ApiSpanKind.PRODUCER,
  consumer: ApiSpanKind.CONSUMER,
};

class OpenTelemetryTracer implements Tracer {
  readonly #tracer: ApiTracer;
  readonly #scrubber: Scrubber;

  constructor(tracer: ApiTracer, scrubber: Scrubber) {
    this.#tracer = tracer;
    this.#scrubber = scrubber;
  }

  startSpan(name: string, options: SpanOptions = {}): OpenTelemetrySpan {
    const { attributes, kind = 'internal', parent } = options;
    const apiSpan = this.#tracer.startSpan(
      name,
      {
        kind: KINDS[kind],
        ...(attributes !== undefined && { attributes: this.#scrubber.attributes(attributes) }),
      },
      parentContext(parent),
    );
    return new OpenTelemetrySpan(apiSpan, this.#scrubber);
  }

  currentSpan(): OpenTelemetrySpan | undefined {
    const active = trace.getActiveSpan();
    return active && new OpenTelemetrySpan(active, this.#scrubber);
  }

  withSpan<T>(span: Span, run: () => T): T {
    if (!(span instanceof OpenTelemetrySpan)) return run();
    return context.with(trace.setSpan(context.active(), span.apiSpan), run);
  }

  propagationHeaders(span: Span): Readonly<Record<string, string>> {
    return propagationHeaders(span);
  }
}

/** A span that is not of this package has no place in a trace of OpenTelemetry: the current one stays. */
function parentContext(parent: Span | undefined): Context {
  const active = context.active();
  return parent instanceof OpenTelemetrySpan ? trace.setSpan(active, parent.apiSpan) : active;
}

/**
 * A tracer over the OpenTelemetry API. It records what the SDK of the application
 * samples; without an SDK it records nothing. Which span is the current one follows
 * asynchronous work where the SDK sets up a context manager, as `startTelemetry` does.
 *
 * Secrets are taken out of every string attribute, and out of the messages and
 * stacks of errors, before the SDK sees them. The names of spans, attributes and
 * events are recorded as they are: they are constants of the program.
 *
 * @throws ConfigurationError when `tracer` is no tracer, or `redact` no function.
 */
export function createTracer(options: TracerOptions = {}): Tracer {
  const { name = '@integrations/tracing', version, redact = redactText } = options;
  const tracer = options.tracer ?? trace.getTracer(name, version);
  if (typeof tracer.startSpan !== 'function') {
    throw wrongOption('tracer', 'a tracer of the OpenTelemetry API', tracer);
  }
  if (typeof redact !== 'function') throw wrongOption('redact', 'a function', redact);
  return new OpenTelemetryTracer(tracer, new Scrubber(redact));
}
