export { isLoopback } from './address.ts';
export { buildUrl, type QueryParameters, type QueryScalar } from './build-url.ts';
export type { CertificateAuthorities } from './connector.ts';
export type { FetchFunction } from './fetch-exchange.ts';
export { FetchTransport } from './fetch-transport.ts';
export {
  type FileReader,
  type FormFile,
  type FormPart,
  formParts,
  type ListNames,
} from './form-parts.ts';
export { MultipartBody, type MultipartOptions, type UploadProgress } from './multipart.ts';
export { encodePathSegment, path, type PathValue } from './path.ts';
export type { FetchTransportOptions } from './platform-fetch-transport.ts';
export { createPlatformTransport } from './platform-transport.ts';
export type { PlatformTransportOptions } from './platform-transport-options.ts';
export {
  type ProxyEnvironment,
  proxyFromEnvironment,
  type ProxyOption,
  type ProxySettings,
} from './proxy.ts';
export { withoutReplay } from './replay.ts';
export type { ResponseLimitOptions } from './response-limits.ts';
export {
  type ServerSentEvent,
  ServerSentEventParser,
  type ServerSentEventParserOptions,
} from './server-sent-event-parser.ts';
export { parseServerSentEvents, type ServerSentEventsOptions } from './server-sent-events.ts';
export { isStreamingBody } from './upload.ts';
export { UndiciTransport } from './undici-transport.ts';
export type { UndiciTransportOptions } from './undici-transport-options.ts';
