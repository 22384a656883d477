// What bundles for browsers get in place of `index.ts`: the same names, without Node.js and undici.
export { isLoopback } from './address.ts';
export { FetchTransport } from './browser/fetch-transport.ts';
export { createPlatformTransport } from './browser/platform-transport.ts';
export { UndiciTransport } from './browser/undici-transport.ts';
export { buildUrl } from './build-url.ts';
export { formParts } from './form-parts.ts';
export { MultipartBody } from './multipart.ts';
export { encodePathSegment, path } from './path.ts';
export { proxyFromEnvironment } from './proxy.ts';
export { withoutReplay } from './replay.ts';
export { ServerSentEventParser } from './server-sent-event-parser.ts';
export { parseServerSentEvents } from './server-sent-events.ts';
export { isStreamingBody } from './upload.ts';
