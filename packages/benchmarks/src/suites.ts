import { calls } from './calls/calls.ts';
import { clients } from './clients/clients.ts';
import { embeddings } from './embeddings/embeddings.ts';
import { growth, soak } from './growth/growth.ts';
import { imports } from './imports/imports.ts';
import { memory } from './memory/memory.ts';
import { primitives } from './primitives/primitives.ts';
import { size } from './size/size.ts';
import { streams } from './streams/streams.ts';
import type { Suite } from './suite.ts';
import { telemetry } from './telemetry/telemetry.ts';

/** Everything that can be measured. */
export const suites: readonly Suite[] = [
  ...calls,
  ...streams,
  embeddings,
  memory,
  clients,
  imports,
  size,
  primitives,
  ...telemetry,
  ...growth,
  soak,
];
