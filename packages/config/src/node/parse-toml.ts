import { ConfigurationError } from '@integrations/errors';
import { parse, TomlError } from 'smol-toml';

/** A parsed document or a table in it. It inherits nothing. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** Tables in tables: nobody needs more, and each level costs stack. */
const DEEPEST = 32;

/** Levels of tables and lists, counted without recursion: a document may nest without end. */
function checkDepth(name: string, root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) {
      throw new ConfigurationError(
        `The configuration file ${name} nests tables deeper than ${DEEPEST} levels: make it flatter.`,
      );
    }
    level = level
      .filter((value) => typeof value === 'object' && value !== null)
      .flatMap((value) => Object.values(value) as unknown[]);
  }
}

function syntaxError(name: string, error: TomlError): ConfigurationError {
  // The parser's message goes on with lines of the file, and one of them may be a secret.
  const [summary = ''] = error.message.split('\n', 1);
  const problem = summary.replace('Invalid TOML document: ', '');
  return new ConfigurationError(
    `The configuration file ${name} is not valid TOML at line ${error.line}, column ${error.column}: ${problem}. Correct that line; text needs quotes, and sections look like [client].`,
    { context: { file: name, line: error.line, column: error.column } },
  );
}

/**
 * Parses a document of TOML.
 *
 * @param name what messages call the file
 * @throws ConfigurationError with line and column when it is not valid.
 */
export function parseToml(text: string, name: string): TomlTable {
  let document: TomlTable;
  try {
    document = parse(text, { maxDepth: DEEPEST, unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    if (error instanceof TomlError) throw syntaxError(name, error);
    // Its own message could quote the file.
    throw new ConfigurationError(
      `The configuration file ${name} is not valid TOML: the parser gave up on it. Write it more simply.`,
    );
  }
  checkDepth(name, document);
  return document;
}
