import { ConfigurationError } from '@integrations/errors';
import type { MetricKind } from '@integrations/semantic-conventions';

/** What a registry knows of a metric. */
export interface RegisteredMetric {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly buckets: readonly number[] | undefined;
  readonly takesExemplars: boolean;
}

/** What is asked for; what is left out is taken as it was declared before. */
export interface RequestedMetric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly labels: readonly string[] | undefined;
  readonly buckets: readonly number[] | undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads a metric of prom-client. By its fields, not its class: an application may have a
 * second copy of prom-client, whose metrics work just as well.
 */
export function readRegistered(metric: unknown): RegisteredMetric | undefined {
  if (!isObject(metric) || typeof metric['type'] !== 'string') return undefined;
  const { labelNames, upperBounds } = metric;
  return {
    kind: metric['type'],
    labels: Array.isArray(labelNames) ? labelNames.map(String) : [],
    buckets: Array.isArray(upperBounds) ? upperBounds.map(Number) : undefined,
    takesExemplars: metric['enableExemplars'] === true,
  };
}

function sameLabels(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}

/** The same metric, as far as the request says anything. */
export function isSameMetric(
  existing: Omit<RegisteredMetric, 'takesExemplars'>,
  { kind, labels, buckets }: RequestedMetric,
): boolean {
  if (existing.kind !== kind) return false;
  if (labels !== undefined && !sameLabels(labels, existing.labels)) return false;
  return buckets === undefined || buckets.join() === existing.buckets?.join();
}

function describe(
  kind: string,
  labels: readonly string[] = [],
  buckets?: readonly number[],
): string {
  const split = labels.length === 0 ? 'without labels' : `with the labels ${labels.join(', ')}`;
  return buckets === undefined
    ? `a ${kind} ${split}`
    : `a ${kind} ${split} and the buckets ${buckets.join(', ')}`;
}

/** The error for a name that stands for something else already. */
export function conflict(
  existing: Omit<RegisteredMetric, 'takesExemplars'>,
  requested: RequestedMetric,
): ConfigurationError {
  const { name, kind, labels, buckets } = requested;
  return new ConfigurationError(
    `The metric ${name} is already ${describe(existing.kind, existing.labels, existing.buckets)}; ` +
      `it cannot also be ${describe(kind, labels ?? existing.labels, buckets)}. ` +
      'Use another name, a `prefix`, or another registry.',
  );
}
