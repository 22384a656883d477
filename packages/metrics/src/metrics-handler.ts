import type { IncomingMessage, ServerResponse } from 'node:http';
import { wrongOption } from '@integrations/errors';
import { acceptedFormat } from './accepted-format.ts';
import { CONTENT_TYPES, type ExpositionFormat } from './exposition.ts';

/** Options of `handler`. */
export interface HandlerOptions {
  /** The path that is served; every other one is answered 404. @default '/metrics' */
  readonly path?: string;
}

/** What `http.createServer` takes. */
export type MetricsHandler = (request: IncomingMessage, response: ServerResponse) => void;

const PLAIN_TEXT = 'text/plain; charset=utf-8';

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': PLAIN_TEXT,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  collect: (format: ExpositionFormat) => Promise<string>,
): Promise<void> {
  const format = acceptedFormat(request.headers.accept);
  const body = await collect(format);
  answer(request, response, 200, body, { 'content-type': CONTENT_TYPES[format], vary: 'accept' });
}

/** Serves metrics: GET and HEAD of one path, in the format that the scraper accepts. */
export function createMetricsHandler(
  collect: (format: ExpositionFormat) => Promise<string>,
  { path = '/metrics' }: HandlerOptions,
  onError: (error: unknown) => void,
): MetricsHandler {
  if (!path.startsWith('/')) throw wrongOption('path', 'a path that begins with /', path);
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) {
      answer(request, response, 404, `Nothing is here; the metrics are at ${path}.\n`);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(request, response, 405, 'Metrics are read with GET.\n', { allow: 'GET, HEAD' });
      return;
    }
    serve(request, response, collect).catch((error: unknown) => {
      onError(error);
      answer(request, response, 500, 'The metrics could not be collected.\n');
    });
  };
}
