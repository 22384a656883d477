import type { CollectedSpan } from './otlp-collector.test.support.ts';

/** `openai.chat.create`, but not `openai.resilience.execute`. */
const CALL = /^openai\.\w+\.create(?:_stream)?$/;

/** What an attempt that is answered passes. */
export const ATTEMPT: readonly string[] = [
  '    openai.circuit_breaker.check internal ok',
  '    openai.rate_limiter.acquire internal unset',
  '    openai.http_request client ok',
  '      openai.serialize_request internal unset',
  '      http.send internal unset',
];

/** The same where the answer is an error. */
export const FAILED_ATTEMPT: readonly string[] = ATTEMPT.with(
  2,
  '    openai.http_request client error',
);

/** What follows an answer that is read whole. */
export const DESERIALIZE = '      openai.deserialize_response internal unset';

/** The spans of a call at full detail, a line for each: indentation, name, kind and status. */
export function callTree(
  root: string,
  status: 'ok' | 'error',
  ...attempts: readonly (readonly string[])[]
): readonly string[] {
  return [
    `${root} client ${status}`,
    '  openai.validate_request internal ok',
    `  openai.resilience.execute internal ${status}`,
    ...attempts.flat(),
    ...(status === 'ok' ? ['  openai.record_metrics internal unset'] : []),
  ];
}

/** The calls of a client, in the order of their beginnings. */
export function callsOf(spans: readonly CollectedSpan[]): readonly CollectedSpan[] {
  return spans
    .filter(({ name }) => CALL.test(name))
    .toSorted((one, other) => Number(one.startedAt - other.startedAt));
}
