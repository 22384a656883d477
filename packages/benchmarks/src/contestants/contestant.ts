/** A library that is ready to make calls. */
export interface Connection {
  /** Makes a call, and gives the tokens that it took. */
  chat(): Promise<number | undefined>;
  /** Reads a stream to its end, says when its first text is there, and gives the number of texts. */
  stream(onText: () => void): Promise<number>;
  /** Has texts embedded, and gives the number of vectors with all their dimensions. */
  embed(): Promise<number>;
  close(): Promise<void> | void;
}

/** One way to make the calls that are measured. */
export interface Contestant {
  readonly name: string;
  /** Whose code it is, as of a case. */
  readonly by: string;
  /**
   * Loads the library and connects it.
   *
   * @param base where the API is, without the `/v1` that all paths begin with
   */
  connect(base: string): Promise<Connection>;
}

/** What a library of no protocol has to be told. */
export const KEY: string = 'test-key';
