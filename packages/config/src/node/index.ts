export { fromToml, type TomlFile, type TomlSourceOptions } from './toml-source.ts';
export { xdgConfigPath, type XdgConfigPathOptions } from './xdg-config-path.ts';
