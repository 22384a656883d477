import { isJsonObject, type JsonObject } from './json-value.ts';

/** A line of a file of JSON Lines, counted from 1; `value` is undefined where it is no JSON object. */
export interface JsonLine {
  readonly line: number;
  readonly value: JsonObject | undefined;
}

/** The lines that are not empty. */
export function parseJsonLines(content: Buffer): JsonLine[] {
  return content
    .toString('utf8')
    .split('\n')
    .flatMap((text, index) =>
      text.trim() === '' ? [] : [{ line: index + 1, value: parseObject(text) }],
    );
}

/** What is wrong with a file of JSON Lines, in words. */
export function findLineFault(content: Buffer): string | undefined {
  const lines = parseJsonLines(content);
  if (lines.length === 0) return 'The file has no lines.';
  const wrong = lines.find(({ value }) => value === undefined);
  return wrong === undefined ? undefined : `Line ${wrong.line} is not a JSON object.`;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // what is no JSON is reported by its line
  }
}
