/** Makes a call to an endpoint, which is named as its breaker is: `embeddings`. */
export type MakeCall = <T>(endpoint: string, call: () => Promise<T>) => Promise<T>;

/** Makes a call and leaves it at that. */
export const callOnce: MakeCall = (_endpoint, call) => call();
