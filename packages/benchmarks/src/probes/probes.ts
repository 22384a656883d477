import { callsProbe } from './calls-probe.ts';
import { constructionProbe } from './construction-probe.ts';
import { memoryProbe } from './memory-probe.ts';
import type { Probe } from './probe.ts';
import { soakProbe } from './soak-probe.ts';

/** What can be measured so. */
export type ProbeKind = 'calls' | 'construction' | 'memory' | 'soak';

const PROBES: Readonly<Record<ProbeKind, Probe>> = {
  calls: callsProbe,
  construction: constructionProbe,
  memory: memoryProbe,
  soak: soakProbe,
};

/** @throws RangeError when there is no such probe. */
export function probeOf(kind: string): Probe {
  if (!Object.hasOwn(PROBES, kind)) throw new RangeError(`There is no probe ${kind}.`);
  return PROBES[kind as ProbeKind];
}
