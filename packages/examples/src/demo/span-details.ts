import type { Attributes } from '@opentelemetry/api';
import { counted, duration, grouped } from './figures.ts';

/** Reads one thing out of a span's attributes; undefined where it is not in them. */
type Detail = (attributes: Attributes) => string | undefined;

/** In the order in which they are told. */
const DETAILS: readonly Detail[] = [
  text('gen_ai.request.model', (model) => model),
  tokens,
  figure('gen_ai.response.time_to_first_chunk', (s) => `first token after ${duration(s * 1000)}`),
  figure('openai.stream.chunks_count', (count) => counted(count, 'event')),
  figure('resilience.attempt', (count) => counted(count, 'attempt')),
  text('resilience.circuit_state', (state) => `breaker ${state}`),
  breakerCheck,
  figure('wait_time_ms', (ms) => `waited ${duration(ms)}`),
  attempt,
  figure('http.response.status_code', String),
  text('error.type', (code) => code),
  figure('body_size_bytes', (size) => counted(size, 'byte')),
  figure('tokens.prompt', (count) => `${grouped(count)} in`),
  figure('tokens.completion', (count) => `${grouped(count)} out`),
];

/** What is worth knowing of a span: `attempt 2`, `503`, `overloaded`. */
export function spanDetails(attributes: Attributes): string[] {
  return DETAILS.flatMap((detail) => detail(attributes) ?? []);
}

function text(name: string, tell: (value: string) => string): Detail {
  return ({ [name]: value }) => (typeof value === 'string' ? tell(value) : undefined);
}

function figure(name: string, tell: (value: number) => string): Detail {
  return ({ [name]: value }) => (typeof value === 'number' ? tell(value) : undefined);
}

/** Embeddings have no tokens that come out. */
function tokens({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
}: Attributes): string | undefined {
  if (typeof input !== 'number') return undefined;
  if (typeof output !== 'number' || output === 0) return counted(input, 'token');
  return `${grouped(input)} → ${counted(output, 'token')}`;
}

function breakerCheck({ state, allowed }: Attributes): string | undefined {
  if (typeof state !== 'string') return undefined;
  return allowed === false ? `${state}, refused` : state;
}

/** An HTTP request of its own is an attempt; the first one bears no number. */
function attempt({
  'http.request.method': method,
  'http.request.resend_count': resent,
}: Attributes): string | undefined {
  if (method === undefined) return undefined;
  return `attempt ${1 + (typeof resent === 'number' ? resent : 0)}`;
}
