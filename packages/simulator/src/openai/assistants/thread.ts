import { StoredObjects } from '../../stored-objects.ts';
import type { Shown, ShownMessage } from './assistant-objects.ts';
import type { Run } from './run.ts';

/** A conversation with assistants, and all that is in it. */
export class Thread {
  readonly messages: StoredObjects<ShownMessage> = new StoredObjects('message');
  readonly runs: StoredObjects<Run> = new StoredObjects('run');
  #shown: Shown;

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  get id(): string {
    return this.#shown.id;
  }

  /** As the API shows it. */
  get shown(): Shown {
    return this.#shown;
  }

  update(changes: object): void {
    this.#shown = { ...this.#shown, ...changes };
  }
}
