import process from 'node:process';
import { createLogger, type LogDestination } from '@integrations/logging';
import {
  combineMetrics,
  createMetrics,
  createOtelMetrics,
  type PrometheusMetrics,
} from '@integrations/metrics';
import {
  createOpenAIClient,
  type OpenAIClient,
  type OpenAIClientOptions,
} from '@integrations/openai';
import { genAiProfile } from '@integrations/semantic-conventions';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { createTracer } from '@integrations/tracing';
import { startTelemetry, type Telemetry } from '@integrations/tracing/node';
import type { Logger, Tracer } from '@integrations/types';
import { metrics as meters, trace } from '@opentelemetry/api';
import { OtlpCollector } from './otlp-collector.test.support.ts';

/** What may differ from one run to the next. */
export interface ObservedClientOptions {
  readonly client?: OpenAIClientOptions;
  /** Share of traces that are recorded. @default 1 */
  readonly sampleRatio?: number;
}

/** A line as it was written. */
export interface WrittenLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly span?: { readonly trace_id: string; readonly span_id: string };
}

function currentSpan(): WrittenLine['span'] {
  const context = trace.getActiveSpan()?.spanContext();
  return context && { trace_id: context.traceId, span_id: context.spanId };
}

/** What a client reports, from the client to the wire: nothing in between is replaced. */
export class Observation implements AsyncDisposable {
  readonly collector: OtlpCollector;
  readonly tracer: Tracer = createTracer({ name: 'shop' });
  readonly prometheus: PrometheusMetrics = createMetrics();
  readonly logger: Logger;
  readonly lineTexts: string[] = [];
  readonly #telemetry: Telemetry;

  private constructor(collector: OtlpCollector, telemetry: Telemetry) {
    this.collector = collector;
    this.#telemetry = telemetry;
    const destination: LogDestination = { write: (line) => this.lineTexts.push(line) };
    this.logger = createLogger({ level: 'trace', destination, spanContext: currentSpan });
  }

  static async start(sampleRatio = 1): Promise<Observation> {
    const collector = await OtlpCollector.start();
    const telemetry = await startTelemetry({
      serviceName: 'shop',
      protocol: 'http/json',
      endpoint: collector.endpoint,
      sampleRatio,
    });
    return new Observation(collector, telemetry);
  }

  /** Options that join a client to everything here. */
  get sinks(): Required<Pick<OpenAIClientOptions, 'tracer' | 'metrics' | 'logger'>> {
    const meter = meters.getMeter('shop');
    return {
      tracer: this.tracer,
      metrics: combineMetrics(
        this.prometheus,
        createOtelMetrics({ meter, profile: genAiProfile(process.env) }),
      ),
      logger: this.logger,
    };
  }

  get lines(): readonly WrittenLine[] {
    return this.lineTexts.map((line) => JSON.parse(line) as WrittenLine);
  }

  /** Resolves when the collector has everything. */
  flush(): Promise<void> {
    return this.#telemetry.flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#telemetry.shutdown();
    await this.collector[Symbol.asyncDispose]();
  }
}

/** A client of a simulator, and all that it reports. */
export class ObservedClient implements AsyncDisposable {
  readonly client: OpenAIClient;
  readonly simulator: Simulator;
  readonly observation: Observation;

  private constructor(client: OpenAIClient, simulator: Simulator, observation: Observation) {
    this.client = client;
    this.simulator = simulator;
    this.observation = observation;
  }

  static async start({ client, sampleRatio }: ObservedClientOptions = {}): Promise<ObservedClient> {
    const simulator = await createSimulator({ apiKeys: ['test-key'] });
    const observation = await Observation.start(sampleRatio);
    const observed = createOpenAIClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      spanDetail: 'full',
      retry: { initialDelay: 1, maxDelay: 2 },
      ...observation.sinks,
      ...client,
    });
    return new ObservedClient(observed, simulator, observation);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.simulator.close();
    await this.observation[Symbol.asyncDispose]();
  }
}
