import type { BatchInputRules } from '@integrations/provider';
import type { BatchEndpoint } from './batch-request.ts';

/** Of embeddings, the texts of all requests of a batch together. */
const MOST_INPUTS = 50_000;

/** What the API takes as the input of one batch. */
export function batchRules(endpoint: BatchEndpoint): BatchInputRules {
  return {
    call: 'openai batches.process',
    lineHead: { method: 'POST', url: endpoint },
    mostRequests: 50_000,
    mostBytes: 200_000_000,
    quota: endpoint === '/v1/embeddings' ? { most: MOST_INPUTS, count: countInputs } : undefined,
  };
}

function countInputs(body: object): number {
  const { input } = body as { readonly input?: unknown };
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
