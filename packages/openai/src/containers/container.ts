import type { ContainerMemory } from '../responses/tools/environment.ts';

/** A place where models run code. Times are seconds since 1970. */
export interface Container {
  id: string;
  object: string;
  created_at: number;
  name: string;
  /** `running`, `expired` or `deleted`, say. */
  status: string;
  expires_after?: { anchor?: 'last_active_at'; minutes?: number };
  last_active_at?: number;
  memory_limit?: ContainerMemory;
  network_policy?: { type: 'allowlist' | 'disabled'; allowed_domains?: string[] };
}
