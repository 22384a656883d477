/** A server to call. */
export interface LiveServer {
  readonly apiKey: string;
  /** @default that of the API */
  readonly baseURL: string | undefined;
}
