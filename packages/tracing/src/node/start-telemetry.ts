import { env } from 'node:process';
import { ConnectionError, DeadlineError, isIntegrationError } from '@integrations/errors';
import type { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { FailureReport } from './failure-report.ts';
import { assertNoSdk, logDiagnostics, releaseSdk } from './sdk-globals.ts';
import { shutDownOn } from './shutdown-signals.ts';
import {
  readTelemetryOptions,
  type TelemetryOptions,
  type TelemetrySettings,
} from './telemetry-options.ts';
import { loadTelemetryPackages, type TelemetryPackages } from './telemetry-packages.ts';
import {
  createMetricReader,
  createResource,
  createSampler,
  createSpanProcessor,
} from './telemetry-pipeline.ts';

/** Telemetry that was started. */
export interface Telemetry extends AsyncDisposable {
  /** Sends what has been gathered so far. Never rejects: failures are reported. */
  flush(): Promise<void>;
  /**
   * Sends what has been gathered and stops, within `shutdownTimeout`. Calling it
   * again waits for the same end. Never rejects: failures are reported. Afterwards
   * telemetry can be started anew, for tracers that are created after that.
   */
  shutdown(): Promise<void>;
}

interface Pipeline {
  readonly sdk: NodeSDK;
  readonly spans: SpanProcessor | undefined;
  readonly metrics: PeriodicExportingMetricReader | undefined;
}

function createPipeline(
  settings: TelemetrySettings,
  packages: TelemetryPackages,
  report: FailureReport,
): Pipeline {
  const spans = createSpanProcessor(settings, packages, report);
  const metrics = createMetricReader(settings, packages, report);
  const sampler = createSampler(settings, packages);
  const sdk = new packages.sdkNode.NodeSDK({
    autoDetectResources: false,
    resource: createResource(settings, packages),
    spanProcessors: spans === undefined ? [] : [spans],
    metricReaders: metrics === undefined ? [] : [metrics],
    logRecordProcessors: [],
    ...(sampler && { sampler }),
  });
  return { sdk, spans, metrics };
}

class RunningTelemetry implements Telemetry {
  readonly #pipeline: Pipeline;
  readonly #settings: TelemetrySettings;
  readonly #report: FailureReport;
  readonly #signals: Disposable;
  #stopped: Promise<void> | undefined;

  constructor(pipeline: Pipeline, settings: TelemetrySettings, report: FailureReport) {
    this.#pipeline = pipeline;
    this.#settings = settings;
    this.#report = report;
    this.#signals = shutDownOn(settings.shutdownOn, () => this.shutdown());
  }

  async flush(): Promise<void> {
    const { spans, metrics } = this.#pipeline;
    const flushed = Promise.all([spans?.forceFlush(), metrics?.forceFlush()]);
    await this.#reporting('flushed', flushed);
  }

  shutdown(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #stop(): Promise<void> {
    this.#signals[Symbol.dispose]();
    await this.#reporting('shut down', this.#inTime(this.#pipeline.sdk.shutdown()));
    releaseSdk();
  }

  async #reporting(what: string, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (cause) {
      const isOurs = isIntegrationError(cause);
      this.#report.failed(
        isOurs ? cause : new ConnectionError(`Telemetry could not be ${what}.`, { cause }),
      );
    }
  }

  async #inTime(work: Promise<unknown>): Promise<void> {
    const { clock, shutdownTimeoutMs } = this.#settings;
    const done = new AbortController();
    const late = clock.sleep(shutdownTimeoutMs, done.signal).then(() => {
      throw new DeadlineError(
        `Telemetry was not sent within ${shutdownTimeoutMs} ms of the shutdown; what was left is lost. Raise \`shutdownTimeout\`, or look at the collector.`,
      );
    });
    try {
      await Promise.race([work, late]);
    } finally {
      // Whichever lost may fail later, when nobody waits for it any more.
      void Promise.allSettled([work, late]);
      done.abort();
    }
  }
}

/**
 * Sets up OpenTelemetry for this process: spans and metrics over OTLP, W3C
 * propagation, the current span through asynchronous work. Call it before the work
 * begins; tracers that were created earlier join in.
 *
 * A collector that is away, slow or wrong costs the application nothing but the
 * spans: failures go to `onError` and `logger`.
 *
 * @throws ConfigurationError when an option cannot be right, when a package is not
 *   installed (the message says which), or when an SDK is set up already.
 */
export async function startTelemetry(options: TelemetryOptions = {}): Promise<Telemetry> {
  const settings = readTelemetryOptions(options, env);
  const packages = await loadTelemetryPackages(settings);
  assertNoSdk();
  const report = new FailureReport(settings);
  const pipeline = createPipeline(settings, packages, report);
  logDiagnostics(settings.logger);
  pipeline.sdk.start();
  return new RunningTelemetry(pipeline, settings, report);
}
