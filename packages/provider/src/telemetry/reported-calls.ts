import { serverOf } from '@integrations/semantic-conventions';
import { type Logger, type RandomSource, systemRandom } from '@integrations/types';
import type { CallReporting } from './call-record.ts';
import { GenAiMetrics } from './gen-ai-metrics.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RecordedUrls } from './recorded-urls.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Letters and digits that tell the clients of many processes apart in logs. */
const ID_LENGTH = 8;

function clientId(random: RandomSource): string {
  return Array.from({ length: ID_LENGTH }, () => Math.floor(random() * 36).toString(36)).join('');
}

/** What the records of one client's calls share. */
function reportingOf({ name, profile, sinks, settings, baseURL }: TelemetryOptions): CallReporting {
  const { tracer, metrics, clock } = sinks;
  const { spanDetail: detail, genAiProfile, logRequests, logResponses } = settings;
  const server = serverOf(baseURL);
  return {
    provider: name,
    clock,
    spans: { tracer, detail, genAiProfile, profile, server },
    metrics: new ProviderMetrics(name, profile.metrics, metrics),
    genAi: new GenAiMetrics(profile.genAiProvider, server, genAiProfile, metrics),
    log: {
      levels: profile.logLevels,
      fields: profile.logFields,
      requests: logRequests,
      responses: logResponses,
    },
    urls: new RecordedUrls(),
  };
}

/** What the telemetry of a client knows from its first call on: many clients never make one. */
export class ReportedCalls {
  readonly reporting: CallReporting;
  readonly loggers: Map<string, Logger> = new Map();
  readonly nearLimit: Set<string> = new Set();
  readonly deprecated: Set<string> = new Set();
  readonly #clientId: string;
  #calls = 0;

  constructor(options: TelemetryOptions) {
    this.reporting = reportingOf(options);
    this.#clientId = clientId(options.random ?? systemRandom);
  }

  nextCorrelationId(): string {
    this.#calls += 1;
    return `${this.#clientId}-${this.#calls}`;
  }
}
