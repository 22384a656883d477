import { answerOf } from './answer-of.ts';
import { leafPaths, ownMember, valueAt } from './own-path.ts';
import type { ConfigEntry, ConfigSource } from './source.ts';

/** Options of `fromObject`. */
export interface ObjectSourceOptions {
  /** What messages call the object. @default 'options' */
  readonly name?: string;
  /** Keys whose values are secrets. @default none */
  readonly secrets?: readonly string[];
}

class ObjectSource implements ConfigSource {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly #object: Readonly<Record<string, unknown>>;

  constructor(object: Readonly<Record<string, unknown>>, options: ObjectSourceOptions) {
    this.name = options.name ?? 'options';
    this.secrets = options.secrets ?? [];
    this.#object = object;
  }

  find(key: string): ConfigEntry | undefined {
    const value = answerOf(() => this.#read(key), key, this.name);
    return value === undefined || value === null ? undefined : { value, origin: this.name };
  }

  keys(): readonly string[] {
    const paths = leafPaths(this.#object).filter((path) => {
      const value = valueAt(this.#object, path);
      return value !== undefined && value !== null;
    });
    return paths.map((path) => path.join('.'));
  }

  #read(key: string): unknown {
    const value = ownMember(this.#object, key) ?? valueAt(this.#object, key.split('.'));
    return typeof value === 'function' ? (value as () => unknown)() : value;
  }
}

/**
 * Settings from an object: explicit options, or defaults. A key is a member's name,
 * or a path with dots (`retry.maxAttempts`). Undefined and null are not set. A value
 * that is a function is called, without arguments, each time it is read.
 */
export function fromObject(object: object, options: ObjectSourceOptions = {}): ConfigSource {
  return new ObjectSource(object as Readonly<Record<string, unknown>>, options);
}
