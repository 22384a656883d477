import { ConfigurationError, describeValue } from '@integrations/errors';

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Labels that Prometheus itself gives to the parts of a histogram. */
const TAKEN_LABELS: readonly string[] = ['le', 'quantile'];

/** @throws ConfigurationError unless Prometheus takes the name. */
export function checkMetricName(name: string): void {
  if (METRIC_NAME.test(name)) return;
  throw new ConfigurationError(
    `${describeValue(name)} is no name of a Prometheus metric: it may hold letters, digits, _ and :, and must not begin with a digit.`,
  );
}

/** `owner` begins the message. @throws ConfigurationError unless Prometheus takes the labels. */
export function checkLabelNames(owner: string, labels: readonly string[]): void {
  for (const label of labels) {
    const isFit = LABEL_NAME.test(label) && !label.startsWith('__');
    if (isFit && !TAKEN_LABELS.includes(label)) continue;
    throw new ConfigurationError(
      `${owner} cannot have the label ${describeValue(label)}: a label holds letters, digits and _, does not begin with a digit or __, and is not le or quantile.`,
    );
  }
}

/** @throws ConfigurationError unless the buckets are finite numbers that ascend. */
export function checkBuckets(metric: string, buckets: readonly number[]): void {
  const ascends = buckets.every(
    (bound, index) => Number.isFinite(bound) && (index === 0 || bound > (buckets[index - 1] ?? 0)),
  );
  if (ascends && buckets.length > 0) return;
  throw new ConfigurationError(
    `The buckets of ${metric} must be finite numbers, at least one, each above the one before; they are [${buckets.join(', ')}].`,
  );
}
