import type { Caller } from '@integrations/provider';
import { Assistants } from './assistants/assistants.ts';
import { Threads } from './threads/threads.ts';

/** What the API calls beta. */
export class Beta {
  /**
   * `/assistants`.
   *
   * @deprecated Use Responses: `client.responses`.
   */
  readonly assistants: Assistants;
  /**
   * `/threads`.
   *
   * @deprecated Use Conversations and Responses: `client.conversations`, `client.responses`.
   */
  readonly threads: Threads;

  constructor(caller: Caller) {
    this.assistants = new Assistants(caller);
    this.threads = new Threads(caller);
  }
}
