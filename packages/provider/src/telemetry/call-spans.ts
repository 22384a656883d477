import {
  type GenAiProfile,
  type GenAiRequestFacts,
  genAiRequestAttributes,
  genAiResponseAttributes,
  type ServerFacts,
} from '@integrations/semantic-conventions';
import {
  type Attributes,
  type AttributeValue,
  type Logger,
  noopSpan,
  noopTracer,
  type Span,
  type Tracer,
} from '@integrations/types';
import type { AnswerFacts, RequestFacts } from '../call-facts.ts';
import { isAttributeValue } from './attribute-value.ts';
import { isTraced, type SpanDetail } from './span-detail.ts';
import type { KnownUsage } from './known-usage.ts';
import { SpanLogger } from './span-logger.ts';
import type { AttributeNames, TelemetryProfile } from './telemetry-profile.ts';

/** What the spans of one client's calls are made with. */
export interface SpanSettings {
  readonly tracer: Tracer;
  readonly detail: SpanDetail;
  readonly genAiProfile: GenAiProfile;
  readonly profile: TelemetryProfile;
  /** Where the calls go. */
  readonly server: ServerFacts;
}

/** How a stream went, for the attributes of its span. */
export interface StreamFigures {
  readonly events: number;
  readonly durationMs: number;
}

/** Some of the attributes of the specifications have names with one provider only. */
class NamedAttributes {
  readonly attributes: Record<string, AttributeValue> = {};

  add(name: string | undefined, value: unknown): void {
    if (name !== undefined && isAttributeValue(value)) this.attributes[name] = value;
  }

  addAll(attributes: Attributes): void {
    for (const name in attributes) this.add(name, attributes[name]);
  }
}

function requestAttributes(
  names: AttributeNames,
  model: string | undefined,
  facts: RequestFacts | undefined,
): NamedAttributes {
  const named = new NamedAttributes();
  named.add(names.model, model);
  named.add(names.messageCount, facts?.messageCount);
  named.add(names.temperature, facts?.temperature);
  named.add(names.maxTokens, facts?.maxTokens);
  named.add(names.streaming, facts?.stream);
  return named;
}

/** The spans of one call: the call itself, and its steps as far as the detail asks for them. */
export class CallSpans {
  readonly #settings: SpanSettings;
  readonly #isTraced: boolean;
  readonly #root: Span;
  #execute: Span = noopSpan;

  constructor(
    settings: SpanSettings,
    name: string,
    model: string | undefined,
    facts: RequestFacts | undefined,
  ) {
    this.#settings = settings;
    // Attributes that nobody will see are not worth making.
    this.#isTraced = settings.tracer !== noopTracer;
    this.#root = this.#isTraced ? this.#startRoot(name, model, facts) : noopSpan;
  }

  /** Whether spans of this detail are recorded: what they tell may be costly to find out. */
  records(detail: SpanDetail): boolean {
    return this.#isTraced && isTraced(detail, this.#settings.detail);
  }

  /** A step of the call itself. */
  step(name: string, attributes?: Attributes): Span {
    return this.child('full', name, this.#root, attributes);
  }

  /** The span that attempts belong to. */
  get scope(): Span {
    return this.records('standard') ? this.#execute : this.#root;
  }

  /** Runs all attempts, as the children of one span. */
  execute<T>(run: () => T): T {
    if (!this.#isTraced) return run();
    this.#execute = this.child('standard', this.#settings.profile.spans.execute, this.#root);
    return this.within(this.scope, run);
  }

  /** How many attempts there were, and what their breaker said. */
  executed(attempts: number, circuitState: string | undefined): void {
    const { attempt, circuitState: state } = this.#settings.profile.attributes;
    if (attempt !== undefined) this.#execute.setAttribute(attempt, attempts);
    if (state !== undefined && circuitState !== undefined) {
      this.#execute.setAttribute(state, circuitState);
    }
  }

  child(detail: SpanDetail, name: string, parent: Span, attributes?: Attributes): Span {
    if (!this.records(detail)) return noopSpan;
    return this.#settings.tracer.startSpan(
      name,
      attributes === undefined ? { parent } : { parent, attributes },
    );
  }

  /** A span for a request that leaves the process. */
  client(name: string, parent: Span, attributes: Attributes): Span {
    return this.#settings.tracer.startSpan(name, { kind: 'client', parent, attributes });
  }

  /** The logger, with each line inside of the call's own span. */
  logger(logger: Logger): Logger {
    if (!this.#isTraced) return logger;
    return new SpanLogger(logger, (run) => this.within(this.#root, run));
  }

  within<T>(span: Span, run: () => T): T {
    return this.#settings.tracer.withSpan(span, run);
  }

  /** Runs work inside of the call's own span, so that what it records can name it. */
  inside(work: () => void): void {
    if (this.#isTraced) this.within(this.#root, work);
    else work();
  }

  /** Headers that let the server's spans join those of the call. */
  propagationHeaders(span: Span): Readonly<Record<string, string>> | undefined {
    return this.#isTraced ? this.#settings.tracer.propagationHeaders?.(span) : undefined;
  }

  event(name: string, attributes?: Attributes): void {
    this.#root.addEvent(name, attributes);
  }

  /** What the answer told, whole or as far as it came. */
  answered(
    facts: AnswerFacts,
    usage: KnownUsage | undefined,
    timeToFirstChunk: number | undefined,
    stream: StreamFigures | undefined,
  ): void {
    if (!this.#isTraced) return;
    this.#describeAnswer(facts, usage, timeToFirstChunk);
    if (stream !== undefined) this.#describeStream(stream);
  }

  succeeded(): void {
    this.#end(this.#execute, 'ok');
    this.#end(this.#root, 'ok');
  }

  failed(error: unknown): void {
    this.#end(this.#execute, 'error');
    this.#root.recordError(error);
    this.#end(this.#root, 'error');
  }

  #end(span: Span, status: 'ok' | 'error'): void {
    span.setStatus(status);
    span.end();
  }

  #startRoot(name: string, model: string | undefined, facts: RequestFacts | undefined): Span {
    const { profile, tracer } = this.#settings;
    const named = requestAttributes(profile.attributes, model, facts);
    if (facts !== undefined) named.addAll(this.#genAiRequest(facts));
    return tracer.startSpan(name, { kind: 'client', attributes: named.attributes });
  }

  /** At the span's creation, since samplers see nothing that comes later. */
  #genAiRequest(facts: RequestFacts): Attributes {
    const { profile, server, genAiProfile } = this.#settings;
    const request: GenAiRequestFacts = {
      ...facts,
      provider: profile.genAiProvider,
      ...server,
    };
    return genAiRequestAttributes(request, genAiProfile);
  }

  #describeAnswer(
    facts: AnswerFacts,
    usage: KnownUsage | undefined,
    timeToFirstChunk: number | undefined,
  ): void {
    const { profile, genAiProfile } = this.#settings;
    const names = profile.attributes;
    const tokens = usage?.tokens;
    const reported = usage?.state === 'reported' ? tokens : undefined;
    const { id, model, finishReasons, conversationId, serviceTier, systemFingerprint } = facts;
    const answer = genAiResponseAttributes(
      {
        id,
        model,
        finishReasons,
        conversationId,
        usage: reported,
        timeToFirstChunk,
        openai: { serviceTier, systemFingerprint },
      },
      genAiProfile,
    );
    const named = new NamedAttributes();
    named.add(names.finishReason, finishReasons?.[0]);
    named.add(names.promptTokens, tokens?.inputTokens);
    named.add(names.completionTokens, tokens?.outputTokens);
    if (tokens !== undefined) {
      named.add(names.totalTokens, tokens.inputTokens + tokens.outputTokens);
    }
    named.add(names.usageState, usage?.state);
    named.addAll(answer);
    this.#write(named);
  }

  #describeStream({ events, durationMs }: StreamFigures): void {
    const { chunks, streamDuration } = this.#settings.profile.attributes;
    const named = new NamedAttributes();
    named.add(chunks, events);
    named.add(streamDuration, durationMs);
    this.#write(named);
  }

  #write({ attributes }: NamedAttributes): void {
    for (const [name, value] of Object.entries(attributes)) this.#root.setAttribute(name, value);
  }
}
