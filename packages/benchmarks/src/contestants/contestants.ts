import { aiSdk } from './ai-sdk.ts';
import { builtInFetch } from './built-in-fetch.ts';
import type { Contestant } from './contestant.ts';
import { mistral } from './mistral.ts';
import { openai } from './openai.ts';
import {
  mistralBare,
  mistralFloat32,
  mistralReporting,
  openaiBare,
  openaiFloat32,
  openaiReporting,
} from './ours.ts';
import { stack, stackWithBottleneck } from './stack.ts';
import { undiciRequest } from './undici.ts';
import { undiciDispatch } from './undici-dispatch.ts';

/** What all others are set beside. */
export const floor: Contestant = undiciRequest;

export const ours: readonly Contestant[] = [
  openaiReporting,
  openaiBare,
  mistralReporting,
  mistralBare,
];

/** Ours that give vectors as `Float32Array`. */
export const oursFloat32: readonly Contestant[] = [openaiFloat32, mistralFloat32];

export const peers: readonly Contestant[] = [
  undiciDispatch,
  builtInFetch,
  openai,
  mistral,
  aiSdk,
  stack,
  stackWithBottleneck,
];

/** @throws RangeError when nobody has that name. */
export function contestantNamed(name: string): Contestant {
  const found = [floor, ...ours, ...oursFloat32, ...peers].find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no contestant ${name}.`);
  return found;
}
