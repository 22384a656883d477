import type { JsonObject } from '../../json-value.ts';
import { StoredObjects } from '../../stored-objects.ts';

/** A file in a container. Times are seconds since 1970. */
export interface ContainerFile {
  readonly id: string;
  readonly path: string;
  readonly content: Buffer;
  readonly createdAt: number;
  readonly source: 'user' | 'assistant';
}

const MINUTE_SECONDS = 60;

/** A place where code is run, until nobody has used it for a while. */
export class StoredContainer {
  readonly id: string;
  readonly name: string;
  readonly files: StoredObjects<ContainerFile> = new StoredObjects('container file');
  readonly #minutes: number;
  readonly #traits: JsonObject;
  readonly #now: () => number;
  readonly #createdAt: number;
  #lastActiveAt: number;

  /** @param traits what is told of it as it was given: memory, network. */
  constructor(
    id: string,
    { name, minutes, traits }: { name: string; minutes: number; traits: JsonObject },
    now: () => number,
  ) {
    this.id = id;
    this.name = name;
    this.#minutes = minutes;
    this.#traits = traits;
    this.#now = now;
    this.#createdAt = now();
    this.#lastActiveAt = this.#createdAt;
  }

  get isExpired(): boolean {
    return this.#lastActiveAt + this.#minutes * MINUTE_SECONDS <= this.#now();
  }

  /** Notes that the container was used. */
  touch(): void {
    this.#lastActiveAt = this.#now();
  }

  /** The container as the API tells of it. */
  get shown(): { readonly id: string } & JsonObject {
    return {
      id: this.id,
      object: 'container',
      created_at: this.#createdAt,
      status: this.isExpired ? 'expired' : 'running',
      expires_after: { anchor: 'last_active_at', minutes: this.#minutes },
      last_active_at: this.#lastActiveAt,
      name: this.name,
      ...this.#traits,
    };
  }

  /** A file of it as the API tells of it. */
  showFile(file: ContainerFile): { readonly id: string } & JsonObject {
    return {
      id: file.id,
      object: 'container.file',
      created_at: file.createdAt,
      bytes: file.content.length,
      container_id: this.id,
      path: file.path,
      source: file.source,
    };
  }
}
