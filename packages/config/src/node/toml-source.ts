import { ConfigurationError } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { leafPaths, valueAt } from '../own-path.ts';
import { namesSecret } from '../secret-name.ts';
import type { ConfigEntry, ConfigSource } from '../source.ts';
import type { TomlField, TomlMapping } from '../toml-mapping.ts';
import { inMilliseconds } from '../unit.ts';
import { displayPath, expandHome } from './display-path.ts';
import { plainToml } from './plain-toml.ts';
import { parseToml, type TomlTable } from './parse-toml.ts';
import { readTextFile, type TextFile } from './read-text-file.ts';

/** A file, and whether it must be there. */
export interface TomlFile {
  /** A leading `~/` is the home directory. Undefined is a file that is not there. */
  readonly path: string | undefined;
  /** Whether the file may be missing. @default false */
  readonly optional?: boolean;
}

/** Options of `fromToml`. */
export interface TomlSourceOptions {
  /** The field of each key; no other key is set. @default a key is the path itself: `client.base_url` */
  readonly mapping?: TomlMapping;
  /** Keys whose values are secrets, besides those that the mapping says. @default none */
  readonly secrets?: readonly string[];
}

/** A field with its path taken apart. */
interface Field extends TomlField {
  readonly path: readonly string[];
}

/** What was read of the file. */
interface Content {
  readonly document: TomlTable;
  readonly warnings: readonly string[];
}

/** Read or write, by the group or by others. */
const OPEN_TO_OTHERS = 0o066;

const EMPTY: Content = { document: {}, warnings: [] };

function asField(field: string | TomlField): Field {
  const { path, ...rest } = typeof field === 'string' ? { path: field } : field;
  return { ...rest, path: typeof path === 'string' ? path.split('.') : path };
}

function fieldName(path: readonly string[]): string {
  const section = path.slice(0, -1).join('.');
  const name = path.at(-1) ?? '';
  return section === '' ? name : `[${section}] ${name}`;
}

class TomlSource implements ConfigSource {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly #path: string | undefined;
  readonly #optional: boolean;
  readonly #fields: ReadonlyMap<string, Field> | undefined;
  readonly #secretPaths: ReadonlySet<string>;
  #content: Content | undefined;

  constructor({ path, optional = false }: TomlFile, { mapping, secrets = [] }: TomlSourceOptions) {
    this.#path = path === undefined ? undefined : expandHome(path);
    this.name = this.#path === undefined ? 'configuration file' : displayPath(this.#path);
    this.#optional = optional;
    this.#fields =
      mapping &&
      new Map(Object.entries(mapping).map(([key, field]) => [key, asField(field)] as const));
    const marked = [...(this.#fields ?? [])].filter(([, field]) => field.secret === true);
    this.secrets = [...secrets, ...marked.map(([key]) => key)];
    const paths = this.secrets.flatMap((key) => this.#fieldOf(key)?.path.join('.') ?? []);
    this.#secretPaths = new Set(paths);
  }

  get warnings(): readonly string[] {
    return this.#content?.warnings ?? [];
  }

  find(key: string): ConfigEntry | undefined {
    const field = this.#fieldOf(key);
    if (field === undefined) return undefined;
    const found = valueAt(this.#read().document, field.path);
    if (found === undefined) return undefined;
    const written = plainToml(found, field.path, (path) => this.#isSecret(path));
    return {
      value: inMilliseconds(written, field.unit),
      origin: `${this.name}, ${fieldName(field.path)}`,
      written,
      hidden: written instanceof SecretString || namesSecret(field.path.at(-1) ?? ''),
    };
  }

  keys(): readonly string[] {
    if (this.#fields === undefined) {
      return leafPaths(this.#read().document).map((path) => path.join('.'));
    }
    return [...this.#fields.keys()].filter((key) => this.find(key) !== undefined);
  }

  reload(): void {
    if (this.#content !== undefined) this.#content = this.#load();
  }

  #fieldOf(key: string): Field | undefined {
    return this.#fields === undefined ? asField(key) : this.#fields.get(key);
  }

  #read(): Content {
    this.#content ??= this.#load();
    return this.#content;
  }

  #load(): Content {
    const file = this.#path === undefined ? undefined : readTextFile(this.#path);
    if (file === undefined) return this.#missing();
    const document = parseToml(file.text, this.name);
    return { document, warnings: this.#warningsOf(file, document) };
  }

  /** Everything in a secret table is secret as well. */
  #isSecret(path: readonly string[]): boolean {
    return path.some((_name, index) => this.#secretPaths.has(path.slice(0, index + 1).join('.')));
  }

  #missing(): Content {
    if (this.#optional) return EMPTY;
    throw new ConfigurationError(
      this.#path === undefined
        ? 'The configuration file has no path, for no home directory is known: set HOME or XDG_CONFIG_HOME, or pass optional: true.'
        : `The configuration file ${this.name} does not exist: create it, or pass optional: true to go without.`,
    );
  }

  #warningsOf({ mode }: TextFile, document: TomlTable): readonly string[] {
    if (mode === undefined || (mode & OPEN_TO_OTHERS) === 0) return [];
    const secret = leafPaths(document).find(
      (path) => this.#isSecret(path) || namesSecret(path.at(-1) ?? ''),
    );
    if (secret === undefined) return [];
    return [
      `${this.name} holds a secret (${fieldName(secret)}), and its permissions (${mode.toString(8)}) let other users read or change it: run chmod 600 on it.`,
    ];
  }
}

/**
 * Settings from a TOML file in UTF-8. It is read once, when a key is first looked for
 * in it; `reload()` of the configuration reads it again. Dates come as text.
 */
export function fromToml(
  file: string | TomlFile | undefined,
  options: TomlSourceOptions = {},
): ConfigSource {
  return new TomlSource(typeof file === 'object' ? file : { path: file }, options);
}
