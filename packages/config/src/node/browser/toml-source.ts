import { ConfigurationError } from '@integrations/errors';
import type { ConfigEntry, ConfigSource } from '../../source.ts';
import type { TomlFile } from '../toml-source.ts';

/** A file that cannot be there. */
class NoFile implements ConfigSource {
  readonly name = 'configuration file';
  readonly #isOptional: boolean;

  constructor(isOptional: boolean) {
    this.#isOptional = isOptional;
  }

  find(_key: string): ConfigEntry | undefined {
    if (this.#isOptional) return undefined;
    throw new ConfigurationError(
      'fromToml() finds no files in a browser: give the settings with fromObject(), or pass optional: true.',
    );
  }

  keys(): readonly string[] {
    return [];
  }
}

/** `fromToml` in bundles for browsers, which have no files. */
export function fromToml(file: string | TomlFile | undefined): ConfigSource {
  return new NoFile(typeof file === 'object' && file.optional === true);
}
