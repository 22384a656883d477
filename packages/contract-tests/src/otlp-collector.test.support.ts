import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What attributes hold, taken out of its wrapping. */
type OtlpValue = string | number | boolean | readonly OtlpValue[];
type OtlpAttributes = Readonly<Record<string, OtlpValue>>;

export interface CollectedEvent {
  readonly name: string;
  readonly attributes: OtlpAttributes;
}

/** A span as it was sent, with numbers read as what they stand for. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where a trace begins. */
  readonly parentSpanId: string;
  readonly kind: string;
  readonly status: string;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint;
  readonly attributes: OtlpAttributes;
  readonly events: readonly CollectedEvent[];
}

/** One series of a metric. */
export interface CollectedPoint {
  readonly attributes: OtlpAttributes;
  /** The value; of a histogram, the sum of its values. */
  readonly value: number;
  /** Of a histogram: how many values, the bounds, and how many lie in each bucket. */
  readonly count?: number;
  readonly bounds?: readonly number[];
  readonly buckets?: readonly number[];
}

export interface CollectedMetric {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'sum' | 'gauge' | 'histogram';
  readonly points: readonly CollectedPoint[];
}

/** Values as OTLP writes them in JSON: 64-bit integers as text. */
interface WireValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly WireValue[] };
}

interface WireAttributes {
  readonly attributes?: readonly { readonly key: string; readonly value: WireValue }[];
}

interface WireSpan extends WireAttributes {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly events?: readonly (WireAttributes & { readonly name: string })[];
}

interface WirePoint extends WireAttributes {
  readonly asInt?: string | number;
  readonly asDouble?: number;
  readonly sum?: number;
  readonly count?: string | number;
  readonly explicitBounds?: readonly number[];
  readonly bucketCounts?: readonly (string | number)[];
}

interface WireMetric {
  readonly name: string;
  readonly unit?: string;
  readonly sum?: { readonly dataPoints: readonly WirePoint[] };
  readonly gauge?: { readonly dataPoints: readonly WirePoint[] };
  readonly histogram?: { readonly dataPoints: readonly WirePoint[] };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

interface WireMetrics {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly WireMetric[] }[];
  }[];
}

/** As the protocol numbers them. */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUSES = ['unset', 'ok', 'error'] as const;

function readValue(value: WireValue): OtlpValue {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(readValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  const read = value.stringValue ?? value.doubleValue ?? value.boolValue;
  if (read === undefined) throw new Error(`not a value: ${JSON.stringify(value)}`);
  return read;
}

function readAttributes({ attributes = [] }: WireAttributes): OtlpAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]));
}

function readSpan(span: WireSpan): CollectedSpan {
  const { name, traceId, spanId, parentSpanId = '', kind, status, events = [] } = span;
  return {
    name,
    traceId,
    spanId,
    parentSpanId,
    kind: KINDS[kind] ?? String(kind),
    status: STATUSES[status?.code ?? 0] ?? String(status?.code),
    startedAt: BigInt(span.startTimeUnixNano),
    attributes: readAttributes(span),
    events: events.map((event) => ({ name: event.name, attributes: readAttributes(event) })),
  };
}

function readPoint(point: WirePoint): CollectedPoint {
  const attributes = readAttributes(point);
  if (point.bucketCounts === undefined) {
    return { attributes, value: Number(point.asInt ?? point.asDouble) };
  }
  return {
    attributes,
    value: point.sum ?? 0,
    count: Number(point.count),
    bounds: point.explicitBounds ?? [],
    buckets: point.bucketCounts.map(Number),
  };
}

function readMetric({ name, unit = '', ...metric }: WireMetric): CollectedMetric {
  for (const kind of ['sum', 'gauge', 'histogram'] as const) {
    const data = metric[kind];
    if (data !== undefined) return { name, unit, kind, points: data.dataPoints.map(readPoint) };
  }
  throw new Error(`the metric ${name} is of no kind that is read here`);
}

/** A collector on this machine that takes OTLP over HTTP as JSON, and keeps it. */
export class OtlpCollector implements AsyncDisposable {
  /** The bodies as they came. */
  readonly bodies: string[] = [];
  readonly #server: Server;
  readonly #spans: CollectedSpan[] = [];
  #metrics: readonly CollectedMetric[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#take(request).then((status) => response.writeHead(status).end('{}'));
    });
  }

  static async start(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** In the order of their ends. */
  get spans(): readonly CollectedSpan[] {
    return this.#spans;
  }

  /** As the last export told them, which counts from the start. */
  get metrics(): readonly CollectedMetric[] {
    return this.#metrics;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = await text(request);
    this.bodies.push(body);
    if (request.url === '/v1/traces') this.#takeSpans(JSON.parse(body) as WireTraces);
    else if (request.url === '/v1/metrics') this.#takeMetrics(JSON.parse(body) as WireMetrics);
    else return 404;
    return 200;
  }

  #takeSpans({ resourceSpans }: WireTraces): void {
    const scopes = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
    this.#spans.push(...scopes.flatMap(({ spans }) => spans).map(readSpan));
  }

  #takeMetrics({ resourceMetrics }: WireMetrics): void {
    const scopes = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
    this.#metrics = scopes.flatMap(({ metrics }) => metrics).map(readMetric);
  }
}
