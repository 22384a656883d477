import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig } from '@integrations/config';
import { createMistralClient } from '@integrations/mistral';
import { createOpenAIClient } from '@integrations/openai';
import type { Fault, ProviderName } from '@integrations/simulator';
import { connected, type Connected, type ConnectOptions } from './call-table.test.support.ts';
import { MISTRAL_CALLS } from './mistral-calls.test.support.ts';
import { OPENAI_CALLS } from './openai-calls.test.support.ts';
import { KEY } from './recorded-exchange.test.support.ts';

/** A method and the request that it makes. */
interface ListedRequest {
  readonly method: string;
  /** `GET /v1/files/{file_id}` */
  readonly request: string;
}

/** A provider whose contracts are recorded. */
export interface HttpProvider {
  readonly name: ProviderName;
  /** Where its API is unless a client is told otherwise. */
  readonly origin: string;
  /** The calls that are recorded. */
  readonly names: readonly string[];
  /** The ways in which any call may be refused. */
  readonly refusals: Readonly<Record<string, Fault>>;
  connect(options?: ConnectOptions): Connected;
  /** The methods that make one request, as the README has them. */
  listedRequests(): readonly ListedRequest[];
}

/** Nothing is tried again, and nothing comes from the environment. */
const PLAIN = {
  apiKey: KEY,
  maxRetries: 0,
  circuitBreaker: false,
  rateLimit: false,
  config: createConfig([]),
} as const;

const STATUSES = [400, 401, 403, 404, 408, 409, 410, 413, 422, 500, 502, 504];

const REFUSALS: HttpProvider['refusals'] = {
  ...Object.fromEntries(STATUSES.map((status) => [status, { status }])),
  429: { status: 429, retryAfter: 2 },
  503: { status: 503, retryAfter: 2 },
};

/** How Mistral tells which fields are wrong. */
const WRONG_FIELD = {
  type: 'extra_forbidden',
  loc: ['body', 'mood'],
  msg: 'Extra inputs are not permitted',
  input: 'fine',
};

const ROW = /^\| `client\.([\w.]+)`\s*\| `(\w+) ([^`]+)`/gm;

/** @param base what the client's base URL has behind its origin */
function listedRequests(provider: ProviderName, base: string): ListedRequest[] {
  const readme = join(import.meta.dirname, '../../..', provider, 'README.md');
  const rows = readFileSync(readme, 'utf8').matchAll(ROW);
  return [...rows].map(([, method = '', verb = '', path = '']) => ({
    method,
    request: `${verb} ${base}${path}`,
  }));
}

/** Both of them. */
export const HTTP_PROVIDERS: readonly HttpProvider[] = [
  {
    name: 'openai',
    origin: 'https://api.openai.com',
    names: Object.keys(OPENAI_CALLS),
    refusals: {
      ...REFUSALS,
      '429 insufficient_quota': { status: 429, error: { code: 'insufficient_quota' } },
    },
    connect: (options) => connected(createOpenAIClient({ ...PLAIN, ...options }), OPENAI_CALLS),
    listedRequests: () => listedRequests('openai', '/v1'),
  },
  {
    name: 'mistral',
    origin: 'https://api.mistral.ai',
    names: Object.keys(MISTRAL_CALLS),
    refusals: {
      ...REFUSALS,
      '422 of a field': { status: 422, body: { detail: [WRONG_FIELD] } },
    },
    connect: (options) => connected(createMistralClient({ ...PLAIN, ...options }), MISTRAL_CALLS),
    listedRequests: () => listedRequests('mistral', ''),
  },
];
