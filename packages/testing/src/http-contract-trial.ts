import { ok } from 'node:assert/strict';
import { isIntegrationError } from '@integrations/errors';
import type { HttpRequest, HttpResponse, HttpTransport } from '@integrations/types';
import type { ContractCase } from './contract.ts';
import type { ContractServer, Echo } from './contract-server.ts';

/** A transport, and the server that it is tried against. */
export interface TransportTrial {
  readonly transport: HttpTransport;
  readonly server: ContractServer;
}

/** One promise of `HttpTransport`. */
export type TransportCase = ContractCase<TransportTrial>;

/** More than the sockets' own buffers take. */
export const LARGE_BODY_BYTES: number = 32 * 1024 * 1024;
/** Between two looks at whether something still goes on. */
export const SAMPLING_MS = 100;

/** A request to a path of the server; a GET where nothing else is said. */
export function request(
  { server }: TransportTrial,
  path: string,
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return { method: 'GET', url: `${server.origin}${path}`, headers: {}, ...more };
}

/** Bytes as text. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** What the server says of the request that it got. */
export function echoOf({ body }: HttpResponse): Echo {
  return JSON.parse(textOf(body)) as Echo;
}

/** What the work rejects with. */
export async function failureOf(work: Promise<unknown>, expectation: string): Promise<unknown> {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === 'rejected') return outcome.reason;
  throw new Error(`${expectation}; it was fulfilled`);
}

/** The work must reject with a typed error. */
export async function assertTyped(work: Promise<unknown>, expectation: string): Promise<void> {
  const error = await failureOf(work, expectation);
  ok(isIntegrationError(error), `the error is not a typed one: ${String(error)}`);
}
