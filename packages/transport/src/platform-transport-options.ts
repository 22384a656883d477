import type { ProxyOption } from './proxy.ts';

/** Settings of the transport that suits where the program runs. */
export interface PlatformTransportOptions {
  /** The HTTP proxy that connections go through. @default none, whatever the environment says */
  readonly proxy?: ProxyOption | undefined;
}
