/** `xdgConfigPath` in bundles for browsers, whose users have no home directory. */
export function xdgConfigPath(): undefined {
  return undefined;
}
