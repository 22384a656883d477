// What bundles for browsers get in place of `index.ts`: the same names, without files.
export { fromToml } from './browser/toml-source.ts';
export { xdgConfigPath } from './browser/xdg-config-path.ts';
