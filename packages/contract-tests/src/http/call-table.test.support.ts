/** A call of a client, with the ids of what it is about. */
type Call<Client> = (client: Client, ...ids: string[]) => PromiseLike<unknown>;

/** Makes what a call is about, and gives the ids. */
export type Preparation<Client> = (client: Client) => Promise<readonly string[]>;

/** A call that is about something. */
interface PreparedCall<Client> {
  readonly prepare: Preparation<Client>;
  readonly call: Call<Client>;
}

/**
 * Calls by the method that they make: `files.list`, or `chat.create, streamed` for a
 * second one of the same method.
 */
export type CallTable<Client> = Readonly<Record<string, Call<Client> | PreparedCall<Client>>>;

/** A call that needs something to be there. */
export function after<Client>(
  prepare: Preparation<Client>,
  call: Call<Client>,
): PreparedCall<Client> {
  return { prepare, call };
}

/** The id of what is made. */
export async function idOf(made: PromiseLike<{ readonly id: string }>): Promise<string> {
  return (await made).id;
}

/** How a client of a table is made; nothing that is asked of it is tried twice. */
export interface ConnectOptions {
  readonly baseURL?: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** A client that makes the calls of a table. */
export interface Connected {
  /** The ids of what a call is about. */
  prepare(name: string): Promise<readonly string[]>;
  call(name: string, ids: readonly string[]): PromiseLike<unknown>;
  close(): Promise<void>;
}

/** Joins a client and the table of its calls. */
export function connected<Client extends { close(): Promise<void> }>(
  client: Client,
  table: CallTable<Client>,
): Connected {
  const entry = (name: string): PreparedCall<Client> => {
    const found = table[name];
    if (found === undefined) throw new Error(`There is no call ${name}.`);
    return typeof found === 'function' ? after(async () => [], found) : found;
  };
  return {
    prepare: (name) => entry(name).prepare(client),
    call: (name, ids) => entry(name).call(client, ...ids),
    close: () => client.close(),
  };
}
