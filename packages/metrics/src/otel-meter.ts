/** What values are recorded with. */
type OtelAttributes = Record<string, string | number>;

/** How an instrument is described. */
interface OtelInstrumentOptions {
  description?: string;
  unit?: string;
  advice?: { explicitBucketBoundaries?: number[] };
}

/**
 * What is used of a `Meter` of `@opentelemetry/api`. Spelled out here, so that this package
 * compiles where that one is not installed.
 */
export interface OtelMeter {
  createCounter(
    name: string,
    options?: OtelInstrumentOptions,
  ): { add(value: number, attributes?: OtelAttributes): void };
  createHistogram(
    name: string,
    options?: OtelInstrumentOptions,
  ): { record(value: number, attributes?: OtelAttributes): void };
  createGauge(
    name: string,
    options?: OtelInstrumentOptions,
  ): { record(value: number, attributes?: OtelAttributes): void };
}

/** Attributes that the conventions give as numbers; labels are always text. */
const NUMERIC_ATTRIBUTES: readonly string[] = ['server.port'];

/** The attributes of labels. The labels are the caller's to give away. */
export function toAttributes(labels: Record<string, string>): OtelAttributes {
  const attributes: OtelAttributes = labels;
  for (const name of NUMERIC_ATTRIBUTES) {
    const value = Number(labels[name]);
    if (Number.isInteger(value)) attributes[name] = value;
  }
  return attributes;
}
