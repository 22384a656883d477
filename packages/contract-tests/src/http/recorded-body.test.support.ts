/** The bytes of a body, as a person can read them. */
export type RecordedBody =
  | { readonly json: unknown }
  /** What stands between line feeds. */
  | { readonly lines: readonly string[] }
  /** What stands between carriage returns with line feeds: the parts of a form. */
  | { readonly crlf: readonly string[] }
  /** What is no text. */
  | { readonly base64: string };

/** Undefined for bytes that are no UTF-8. */
function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined for a text that is not the JSON which its value is written as. */
function readJson(text: string): RecordedBody | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return JSON.stringify(json) === text ? { json } : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes in the form that shows most of them; undefined where there are none. */
export function recordBody(bytes: Uint8Array): RecordedBody | undefined {
  if (bytes.length === 0) return undefined;
  const text = readText(bytes);
  if (text === undefined) return { base64: Buffer.from(bytes).toString('base64') };
  const json = readJson(text);
  if (json !== undefined) return json;
  const crlf = text.split('\r\n');
  return crlf.length > 1 && !crlf.some((line) => line.includes('\n'))
    ? { crlf }
    : { lines: text.split('\n') };
}

/** The bytes that were recorded. */
export function replayBody(body: RecordedBody | undefined): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  if ('json' in body) return Buffer.from(JSON.stringify(body.json));
  return Buffer.from('crlf' in body ? body.crlf.join('\r\n') : body.lines.join('\n'));
}
