import type { Caller } from '@integrations/provider';
import { ClientSecrets } from './client-secrets/client-secrets.ts';

/** `/realtime`. */
export class Realtime {
  /** `/realtime/client_secrets`. */
  readonly clientSecrets: ClientSecrets;

  constructor(caller: Caller) {
    this.clientSecrets = new ClientSecrets(caller);
  }
}
