import type { Contestant } from '../contestants/contestant.ts';
import { exchanging } from '../contestants/exchanges.ts';
import type { Size } from '../plan.ts';
import { median } from '../statistics.ts';
import type { AsyncSubject } from '../suite.ts';

const STREAMS: Readonly<Record<Size, { readonly warmup: number; readonly measured: number }>> = {
  full: { warmup: 1000, measured: 50 },
  quick: { warmup: 20, measured: 5 },
};

/** Streams that are read to their ends one after the other, and tell when their first texts came. */
export async function firstTexts(contestant: Contestant, size: Size): Promise<AsyncSubject> {
  const { warmup, measured } = STREAMS[size];
  const stream = await exchanging(contestant, { chunks: 4 }, async (connection) => {
    const before = performance.now();
    let after: number | undefined;
    await connection.stream(() => (after = performance.now()));
    if (after === undefined) throw new Error('A stream gave no text.');
    return (after - before) * 1e6;
  });
  const read = async (streams: number): Promise<number[]> => {
    const times: number[] = [];
    while (times.length < streams) times.push((await stream.call()) as number);
    return times;
  };
  await read(warmup);
  return { ...stream, call: async () => ({ wall: median(await read(measured)) }) };
}
