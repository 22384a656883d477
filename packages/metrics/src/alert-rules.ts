import { ConfigurationError, finiteOption } from '@integrations/errors';
import type { MetricDefinition, MetricsProvider } from '@integrations/semantic-conventions';
import { checkLabelNames } from './metric-name.ts';
import { type ProviderMetrics, providerMetrics } from './provider-metrics.ts';
import { hasGrown, highest, quantile, rate } from './promql.ts';

/** When the alerts fire. */
export interface AlertOptions {
  /** The prefix that the recorder was given. @default none */
  readonly prefix?: string;
  /** The share of calls that may fail, from 0 to 1. @default 0.05 */
  readonly errorRate?: number;
  /** Seconds below which 95 of 100 calls end. @default 20 */
  readonly latencySeconds?: number;
  /** Seconds below which 95 of 100 streams begin. @default 3 */
  readonly firstTokenSeconds?: number;
  /** Retries that there may be for each call. @default 0.5 */
  readonly retriesPerCall?: number;
  /** Added to every alert, to send it to the right people. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert, with the fields of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly description: string };
}

/** The content of a rules file of Prometheus. */
export interface AlertRules {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly AlertRule[];
  }[];
}

type Severity = 'info' | 'warning' | 'critical';

interface Condition {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly description: string;
}

/** The caller's own doing: no sign of trouble. */
const CALLERS_ERRORS = 'aborted|validation|configuration|serialization';

/** A bound above the last bucket is never passed: the estimate ends there. */
function checkReachable(
  option: string,
  bound: number,
  { name, buckets }: MetricDefinition,
): number {
  finiteOption(option, bound, { above: 0 });
  const last = buckets?.at(-1) ?? Number.POSITIVE_INFINITY;
  if (bound < last) return bound;
  throw new ConfigurationError(
    `\`${option}\` must be below ${last}, the last bucket of ${name}, or the alert can never fire; it is ${bound}.`,
  );
}

function failureConditions(metrics: ProviderMetrics, options: AlertOptions): Condition[] {
  const { errorRate = 0.05 } = options;
  finiteOption('errorRate', errorRate, { above: 0, most: 1 });
  const errors = metrics.get('errors_total');
  const code = errors.splitBy ?? '';
  const failed = rate(errors, '5m', { matchers: [`${code}!~"${CALLERS_ERRORS}"`] });
  const { title } = metrics;
  return [
    {
      alert: 'ErrorRateHigh',
      expr: `${failed} / ${rate(metrics.get('requests_total'), '5m')} > ${errorRate}`,
      for: '5m',
      severity: 'critical',
      summary: `Too many calls to ${title} fail.`,
      description: `{{ $value | humanizePercentage }} of the calls failed over 5 minutes. See which error codes grow on the dashboard.`,
    },
    {
      alert: 'QuotaExhausted',
      expr: hasGrown(errors, '10m', { matchers: [`${code}="quota_exhausted"`] }),
      for: '0m',
      severity: 'critical',
      summary: `The quota of ${title} is used up.`,
      description: 'Calls fail until there is more credit or a higher limit: retries do not help.',
    },
    {
      alert: 'AuthenticationFails',
      expr: hasGrown(errors, '10m', { matchers: [`${code}=~"authentication|permission_denied"`] }),
      for: '0m',
      severity: 'critical',
      summary: `${title} refuses the key.`,
      description: 'The key is wrong, expired or lacks a permission: replace it.',
    },
  ];
}

function latencyConditions(metrics: ProviderMetrics, options: AlertOptions): Condition[] {
  const { latencySeconds = 20, firstTokenSeconds = 3 } = options;
  const duration = metrics.get('request_duration_seconds');
  const firstToken = metrics.get('time_to_first_token_seconds');
  checkReachable('latencySeconds', latencySeconds, duration);
  checkReachable('firstTokenSeconds', firstTokenSeconds, firstToken);
  const { title } = metrics;
  return [
    {
      alert: 'LatencyHigh',
      expr: `${quantile(duration, 0.95, '5m', { by: ['endpoint'] })} > ${latencySeconds}`,
      for: '10m',
      severity: 'warning',
      summary: `Calls to ${title} are slow.`,
      description: `5 of 100 calls to {{ $labels.endpoint }} take longer than {{ $value | humanizeDuration }}.`,
    },
    {
      alert: 'FirstTokenLate',
      expr: `${quantile(firstToken, 0.95, '5m', { by: ['model'] })} > ${firstTokenSeconds}`,
      for: '10m',
      severity: 'warning',
      summary: `Streams of ${title} begin late.`,
      description: `5 of 100 streams of {{ $labels.model }} take longer than {{ $value | humanizeDuration }} to begin.`,
    },
  ];
}

function protectionConditions(metrics: ProviderMetrics, options: AlertOptions): Condition[] {
  const { retriesPerCall = 0.5 } = options;
  finiteOption('retriesPerCall', retriesPerCall, { above: 0 });
  const breaker = metrics.get('circuit_breaker_state');
  const requests = rate(metrics.get('requests_total'), '10m');
  const { title } = metrics;
  return [
    {
      // Half-open counts too: a breaker that tries again and again never stays open for long.
      alert: 'BreakerOpen',
      expr: `${highest(breaker, { by: breaker.labels })} > 0`,
      for: '2m',
      severity: 'critical',
      summary: `The circuit breaker for ${title} has not closed for 2 minutes.`,
      description: 'Calls are refused without being sent, because those before them failed.',
    },
    {
      alert: 'RetriesHigh',
      expr: `${rate(metrics.get('retries_total'), '10m')} / ${requests} > ${retriesPerCall}`,
      for: '10m',
      severity: 'warning',
      summary: `Calls to ${title} are retried often.`,
      description: `{{ $value | humanize }} retries for each call over 10 minutes.`,
    },
    {
      alert: 'RateLimitRejects',
      expr: hasGrown(metrics.get('rate_limit_rejections_total'), '10m'),
      for: '5m',
      severity: 'warning',
      summary: `The rate limit for ${title} turns calls away.`,
      description: 'More is asked for than the limit allows: raise it, or spread the calls.',
    },
  ];
}

function trafficConditions(metrics: ProviderMetrics): Condition[] {
  const { name } = metrics.get('requests_total');
  const before = `sum (increase(${name}[1h] offset 15m)) > 0`;
  return [
    {
      // A program that is gone leaves no series to be zero, so: none now, though there were some before.
      alert: 'NoTraffic',
      expr: `${before} unless sum (increase(${name}[15m])) > 0`,
      for: '0m',
      severity: 'info',
      summary: `No calls to ${metrics.title} for 15 minutes.`,
      description: 'There were calls in the hour before. Is the program running?',
    },
  ];
}

/**
 * Alerts on a provider's metrics, for a rules file of Prometheus. Made from the same
 * definitions as the metrics, so that none waits for a series that does not exist.
 *
 * @throws ConfigurationError for a provider that is not known, or a bound that is wrong or
 *   could never be passed.
 */
export function createAlertRules(
  provider: MetricsProvider,
  options: AlertOptions = {},
): AlertRules {
  const metrics = providerMetrics(provider, options.prefix ?? '');
  checkLabelNames('An alert', Object.keys(options.labels ?? {}));
  const conditions = [
    ...failureConditions(metrics, options),
    ...latencyConditions(metrics, options),
    ...protectionConditions(metrics, options),
    ...trafficConditions(metrics),
  ];
  const rules = conditions.map(({ alert, expr, for: lasting, severity, ...annotations }) => ({
    alert: `${metrics.title}${alert}`,
    expr,
    for: lasting,
    labels: { severity, provider, ...options.labels },
    annotations,
  }));
  return { groups: [{ name: provider, rules }] };
}
