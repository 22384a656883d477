/** The name of a file that says none. */
export const UNKNOWN_FILE = 'unknown_file';

/** The last part of a path or an address. */
export function baseName(path: string): string | undefined {
  return path.split(/[\\/]/).at(-1) || undefined;
}

function textMember(value: object, key: string): string | undefined {
  const member = (value as Readonly<Record<string, unknown>>)[key];
  // The path of a Node.js stream may be bytes.
  const text = member instanceof Uint8Array ? new TextDecoder().decode(member) : member;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function nameFromUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const name = baseName(new URL(url).pathname);
  try {
    return name === undefined ? undefined : decodeURIComponent(name);
  } catch {
    // A stray percent sign is a name too.
    return name;
  }
}

/** The name that a source has itself: that of a `File`, of the address or of the path it comes from. */
export function inferFileName(source: object): string | undefined {
  const name = textMember(source, 'name');
  if (name !== undefined) return name;
  const url = textMember(source, 'url');
  if (url !== undefined) return nameFromUrl(url);
  const path = textMember(source, 'path');
  return path === undefined ? undefined : baseName(path);
}
