import { askChild } from '../child.ts';
import { startServer } from '../server/running-server.ts';
import type { AsyncSubject } from '../suite.ts';
import type { ProbeSettings } from './probe.ts';
import type { ProbeKind } from './probes.ts';

const TIMEOUT_MS = 600_000;

function ask(kind: ProbeKind, settings: ProbeSettings): Promise<unknown> {
  return askChild({
    id: settings.name,
    module: './probes/probe-process',
    args: [kind, JSON.stringify(settings)],
    flags: ['--expose-gc'],
    timeoutMs: TIMEOUT_MS,
  });
}

/** A probe that makes calls, as work that reports its figures. */
export async function probingCalls(
  kind: ProbeKind,
  settings: Omit<ProbeSettings, 'origin'>,
): Promise<AsyncSubject> {
  const server = await startServer();
  return {
    call: () => ask(kind, { ...settings, origin: server.origin }),
    dispose: () => server.close(),
  };
}

/** A probe that makes clients, as work that reports its figures. */
export async function probingClients(name: string, count: number): Promise<AsyncSubject> {
  return { call: () => ask('construction', { name, count, inFlight: 0, origin: '' }) };
}
