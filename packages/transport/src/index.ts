export { isLoopback } from './address.ts';
export { buildUrl, type QueryParameters, type QueryScalar } from './build-url.ts';
export type { CertificateAuthorities } from './connector.ts';
export type { FetchFunction } from './fetch-exchange.ts';
export { FetchTransport, type FetchTransportOptions } from './fetch-transport.ts';
export { encodePathSegment, path, type PathValue } from './path.ts';
export type { ResponseLimitOptions } from './response-limits.ts';
export {
  type ServerSentEvent,
  ServerSentEventParser,
  type ServerSentEventParserOptions,
} from './server-sent-event-parser.ts';
export { parseServerSentEvents, type ServerSentEventsOptions } from './server-sent-events.ts';
export { UndiciTransport } from './undici-transport.ts';
export type { UndiciTransportOptions } from './undici-transport-options.ts';
