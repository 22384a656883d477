import type { SettingDefinition, SettingDefinitions } from './setting-definition.ts';
import { MILLISECONDS, type TimeUnit } from './unit.ts';

const UNIT_NAMES: Readonly<Record<TimeUnit, string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
};

/** A column of the table: its head, and what it says of a setting. */
type Column = readonly [head: string, cell: (key: string, definition: SettingDefinition) => string];

function code(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text.replaceAll('`', "'")}\``;
}

function inUnit(value: unknown, unit: TimeUnit | undefined): unknown {
  return unit === undefined || typeof value !== 'number' ? value : value / MILLISECONDS[unit];
}

function defaultCell(definition: SettingDefinition): string {
  if (definition.secret !== true && definition.default !== undefined) {
    // As a reader of the table would write it, in the unit of the variable.
    const value =
      definition.unit === undefined
        ? definition.default
        : inUnit(definition.schema.parse(definition.default), definition.unit);
    return code(typeof value === 'string' ? value : JSON.stringify(value));
  }
  return definition.required === true ? 'required' : 'none';
}

function descriptionCell(definition: SettingDefinition): string {
  const unit = definition.secret === true ? undefined : definition.unit;
  const secret = definition.secret === true ? ' (secret)' : '';
  return `${definition.description}${unit === undefined ? '' : `, in ${UNIT_NAMES[unit]}`}${secret}`;
}

const COLUMNS: readonly Column[] = [
  ['Setting', (key) => code(key)],
  ['Variable', (_key, { env }) => code(env)],
  ['File', (_key, { toml }) => code(toml)],
  ['Default', (_key, definition) => defaultCell(definition)],
  ['Description', (_key, definition) => descriptionCell(definition)],
];

function escaped(cell: string): string {
  return cell.replaceAll('|', String.raw`\|`).replaceAll(/\s+/g, ' ');
}

/** A column as lines of equal length, so that the table can be read as it is written. */
function linesOf(head: string, cells: readonly string[]): readonly string[] {
  const texts = [head, ...cells.map(escaped)];
  const width = Math.max(...texts.map((text) => text.length));
  const [first = '', ...rest] = texts.map((text) => text.padEnd(width));
  return [first, '-'.repeat(width), ...rest];
}

/** A Markdown table of settings, for a README. A column that would be empty is left out. */
export function describeConfig(definitions: SettingDefinitions): string {
  const entries = Object.entries(definitions);
  const columns = COLUMNS.map(
    ([head, cell]) => [head, entries.map(([key, definition]) => cell(key, definition))] as const,
  )
    .filter(([, cells]) => cells.some((cell) => cell !== ''))
    .map(([head, cells]) => linesOf(head, cells));
  const lines = columns[0]?.keys() ?? [];
  return [...lines]
    .map((line) => `| ${columns.map((column) => column[line]).join(' | ')} |`)
    .join('\n');
}
