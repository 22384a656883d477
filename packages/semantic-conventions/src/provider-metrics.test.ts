import { describe, expect, it } from 'vitest';
import { OPENAI_METRICS } from './openai-metrics.ts';
import { providerMetrics } from './provider-metrics.ts';

describe('providerMetrics', () => {
  const definitions = providerMetrics('acme');

  it('gives every provider the same metrics under its own name', () => {
    expect(definitions.map(({ name }) => name)).toEqual(
      OPENAI_METRICS.map(({ name }) => name.replace('openai_', 'acme_')),
    );
  });

  it('has all labels where nothing else is said, and splits graphs by labels that exist', () => {
    const labelsOf = (name: string) => definitions.find((each) => each.name === name)?.labels;
    expect(labelsOf('acme_requests_total')).toEqual(['method', 'endpoint', 'status', 'model']);
    expect(labelsOf('acme_errors_total')).toEqual(['type', 'endpoint', 'status_code']);
    for (const { splitBy, labels } of definitions) {
      if (splitBy !== undefined) expect(labels).toContain(splitBy);
    }
  });
});
