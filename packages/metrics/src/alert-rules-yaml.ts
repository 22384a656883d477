import type { AlertRules } from './alert-rules.ts';

/** Everything that the rules hold. */
type Value = string | readonly Value[] | { readonly [key: string]: Value };

/** The fields of a rules file. Any other key is quoted: `no` would be read as a boolean. */
const FIELDS: readonly string[] = [
  'groups',
  'name',
  'rules',
  'alert',
  'expr',
  'for',
  'labels',
  'annotations',
  'severity',
  'provider',
  'summary',
  'description',
];

/** Quoted as in JSON, which YAML reads the same way: no text is taken for a number or a date. */
function writeKey(key: string): string {
  return FIELDS.includes(key) ? key : JSON.stringify(key);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function writeLines(value: Value): string[] {
  if (typeof value === 'string') return [JSON.stringify(value)];
  if (isList(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item) =>
      writeLines(item).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
    );
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, item]) => {
    if (typeof item === 'string') return [`${writeKey(key)}: ${JSON.stringify(item)}`];
    return [`${writeKey(key)}:`, ...writeLines(item).map((line) => `  ${line}`)];
  });
}

/** Rules as the text of a file for `rule_files` of Prometheus. */
export function alertRulesToYaml({ groups }: AlertRules): string {
  const written = groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule, annotations: { ...rule.annotations } })),
  }));
  return `${writeLines({ groups: written }).join('\n')}\n`;
}
