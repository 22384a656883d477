import type { Size } from '../plan.ts';
import { type Behaviour, pathOf } from '../server/behaviour.ts';
import { startServer } from '../server/running-server.ts';
import type { AsyncSubject, BenchmarkCase } from '../suite.ts';
import type { Connection, Contestant } from './contestant.ts';

/** What is measured of a connection. */
export type Exchange = (connection: Connection) => Promise<unknown>;

/** A contestant that is connected to a server which behaves so, and the work of one call. */
export async function exchanging(
  contestant: Contestant,
  behaviour: Partial<Behaviour>,
  exchange: Exchange,
): Promise<AsyncSubject> {
  const server = await startServer();
  const connection = await contestant.connect(`${server.origin}${pathOf(behaviour)}`);
  return {
    call: () => exchange(connection),
    dispose: async () => {
      await connection.close();
      await server.close();
    },
  };
}

type Target = BenchmarkCase['target'];

/** A case for each of the contestants. What has targets is what reports everything. */
export function casesFor(
  contestants: readonly Contestant[],
  prepare: (contestant: Contestant, size: Size) => Promise<AsyncSubject>,
  target?: Target,
): readonly BenchmarkCase[] {
  return contestants.map((contestant) => ({
    name: contestant.name,
    by: contestant.by,
    ...(target !== undefined && contestant.name.includes('everything on') ? { target } : {}),
    prepare: (size) => prepare(contestant, size),
  }));
}
