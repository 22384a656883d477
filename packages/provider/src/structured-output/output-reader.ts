import { outputSchemaOf, type OutputPlace, parseJsonOutput } from './output-schema.ts';

/** Reads a text that a model wrote. @throws InvalidOutputError for one that does not fit. */
export type OutputReader = (text: string, place: OutputPlace) => unknown;

/**
 * How the texts are read that a part of a request asks for; undefined where they stay texts.
 *
 * @param isJson whether they are JSON even where the part brought no schema along.
 */
export function outputReaderOf(
  part: object | null | undefined,
  isJson: boolean,
): OutputReader | undefined {
  const schema = outputSchemaOf(part);
  if (schema !== undefined) return (text, place) => schema.parse(text, place);
  return isJson ? parseJsonOutput : undefined;
}
