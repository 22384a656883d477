import { setTimeout as sleep } from 'node:timers/promises';
import { keepInFlight } from '../calls/in-flight.ts';
import type { Connection } from '../contestants/contestant.ts';
import { contestantNamed } from '../contestants/contestants.ts';
import { pathOf } from '../server/behaviour.ts';
import type { Figures } from '../suite.ts';
import { liveBytes, peakAdded } from './memory.ts';
import type { ProbeSettings } from './probe.ts';

/** What an answer of a model takes at least. */
const ANSWER_MS = 300;

/** Loads what is loaded late, and leaves no connection for each call to come. */
const WARMUP_CALLS = 50;

const POLL_MS = 10;

async function held(origin: string): Promise<number> {
  const response = await fetch(`${origin}/held`);
  return ((await response.json()) as { held: number }).held;
}

/** Bytes that each call holds while its answer is not there. */
async function livePerCall(connection: Connection, origin: string, calls: number): Promise<number> {
  await held(origin);
  const before = liveBytes();
  const answers = keepInFlight(calls, calls, () => connection.chat());
  while ((await held(origin)) < calls) await sleep(POLL_MS);
  const during = liveBytes();
  await fetch(`${origin}/release`);
  await answers;
  return (during - before) / calls;
}

/** What many calls at a time take, when each has to wait for its answer. */
export async function memoryProbe({ name, origin, inFlight }: ProbeSettings): Promise<Figures> {
  const contestant = contestantNamed(name);
  const warm = await contestant.connect(`${origin}${pathOf()}`);
  await keepInFlight(2, WARMUP_CALLS, () => warm.chat());
  const waiting = await contestant.connect(`${origin}${pathOf({ delay: ANSWER_MS })}`);
  const holding = await contestant.connect(`${origin}${pathOf({ delay: 'hold' })}`);

  const before = performance.now();
  const peak = await peakAdded(() => keepInFlight(inFlight, inFlight, () => waiting.chat()));
  const wall = (performance.now() - before) * 1e6;
  return { peak, live: await livePerCall(holding, origin, inFlight), wall };
}
