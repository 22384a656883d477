import { type RecordedBody, recordBody } from './recorded-body.test.support.ts';

/** A request, without what only its connection is concerned with. */
export interface RecordedRequest {
  /** `POST /v1/files?limit=1` */
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RecordedBody;
}

/** An answer, with the headers that a client reads. */
export interface RecordedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RecordedBody;
}

/** The key that requests are made with. */
export const KEY = 'test-key';

/** What each transport fills in for itself. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'host',
  'transfer-encoding',
]);

const READ_BY_CLIENTS: readonly string[] = [
  'content-type',
  'content-disposition',
  'mistral-correlation-id',
  'retry-after',
  'retry-after-ms',
  'x-request-id',
];

const BOUNDARY = /(?<=boundary=)\S+$/;

/** The request with a boundary that does not differ from one time to the next. */
function withPlainBoundary(text: string, contentType: string | null): string {
  const [boundary] = BOUNDARY.exec(contentType ?? '') ?? [];
  return boundary === undefined ? text : text.replaceAll(boundary, 'boundary');
}

function requestHeader(name: string, value: string): [string, string][] {
  if (OF_THE_CONNECTION.has(name)) return [];
  if (name === 'authorization') return [[name, value.replace(KEY, '[REDACTED]')]];
  return [[name, withPlainBoundary(value, value)]];
}

/** A request as it is to be kept. */
export async function recordRequest(request: Request): Promise<RecordedRequest> {
  const { pathname, search } = new URL(request.url);
  const sent = Buffer.from(await request.arrayBuffer()).toString('latin1');
  const plain = withPlainBoundary(sent, request.headers.get('content-type'));
  const body = recordBody(Buffer.from(plain, 'latin1'));
  return {
    line: `${request.method} ${pathname}${search}`,
    headers: Object.fromEntries(
      [...request.headers].flatMap(([name, value]) => requestHeader(name, value)),
    ),
    ...(body && { body }),
  };
}

/** An answer as it is to be kept. */
export async function recordResponse(response: Response): Promise<RecordedResponse> {
  const body = recordBody(Buffer.from(await response.arrayBuffer()));
  const headers = READ_BY_CLIENTS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    ...(body && { body }),
  };
}
