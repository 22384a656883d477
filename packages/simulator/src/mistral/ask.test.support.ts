import type { Simulator } from '../simulator.ts';
import type { JsonObject } from '../json-value.ts';

/** An answer, read to its end. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** Asks as any HTTP client would, and reads the JSON that comes back; of none, an empty object. */
export async function ask(
  simulator: Simulator,
  method: string,
  path: string,
  body?: unknown,
  key = 'test-key',
): Promise<Answered> {
  const response = await fetch(`${simulator.baseURL}${path}`, {
    method,
    headers: {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = text === '' ? {} : (JSON.parse(text) as JsonObject);
  return { status: response.status, headers: response.headers, body: parsed };
}
