// One probe in a process of its own: node --expose-gc probe-process.js <kind> <settings as JSON>, with an IPC channel.
import type { ProbeSettings } from './probe.ts';
import { probeOf } from './probes.ts';

const [kind = '', settings = ''] = process.argv.slice(2);

// Whoever asked is gone, so nobody waits for the answer.
process.once('disconnect', () => process.exit(1));

const figures = await probeOf(kind)(JSON.parse(settings) as ProbeSettings);
// A library may leave connections and intervals behind; they must not keep the process.
process.send?.(figures, () => process.exit(0));
