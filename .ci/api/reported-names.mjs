// Names that users build dashboards, alerts and deployments on, and that no declaration tells: commands, environment
// variables, operations (they name spans, and label metrics), and the names of telemetry.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { byText } from './by-text.mjs';
import { nodesOf, parse } from './syntax.mjs';

/** A text in code; what a template fills in is `*`. */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral') return undefined;
  return node.quasis.map(({ value }) => value.cooked).join('*');
}

const variable = /^[A-Z*][A-Z0-9*]*(?:_[A-Z0-9*]+)+$/;

/** `env: 'A_KEY'`, `env.A_KEY`, `environment['A_KEY']`. */
function variableIn(node) {
  const { type, key, value, object, property, computed } = node;
  if (type === 'Property' && key.name === 'env') return textOf(value);
  if (type !== 'MemberExpression') return undefined;
  const holder = object.name ?? object.property?.name ?? '';
  return /^env(?:ironment)?$/i.test(holder)
    ? computed
      ? textOf(property)
      : property.name
    : undefined;
}

const operationIn = ({ type, key, value }) =>
  type === 'Property' && key.name === 'operation' ? textOf(value) : undefined;

/** What a client calls its spans and attributes, where the names of its provider are others than `provider` gives. */
function* overridesIn({ type, callee, arguments: given }) {
  if (type !== 'CallExpression' || callee.name !== 'telemetryProfile') return;
  for (const { key, value } of given[1]?.properties ?? []) {
    if (key.name !== 'spans' && key.name !== 'attributes') continue;
    for (const one of value.properties) yield `${key.name.slice(0, -1)} ${textOf(one.value)}`;
  }
}

function* namesInCode(folder) {
  const dist = join(folder, 'dist');
  for (const file of readdirSync(dist, { recursive: true }).filter((name) =>
    name.endsWith('.js'),
  )) {
    for (const statement of parse(readFileSync(join(dist, file), 'utf8'), 'js', file).statements) {
      for (const node of nodesOf(statement)) {
        const env = variableIn(node);
        if (env && variable.test(env)) yield `environment variable ${env}`;
        const operation = operationIn(node);
        if (operation) yield `operation ${operation}`;
        yield* overridesIn(node);
      }
    }
  }
}

const metricLine = ({ name, kind, unit, labels }) =>
  `metric ${name}: ${kind} in ${unit}, by ${labels.join(', ') || 'nothing'}`;

/** The telemetry that a package holds as data, by the name of the export. */
const dataReaders = {
  METRICS_PROVIDERS: ({ METRICS_PROVIDERS, metricDefinitions }) =>
    METRICS_PROVIDERS.flatMap((provider) => metricDefinitions(provider).map(metricLine)),
  GEN_AI_PROFILES: ({ GEN_AI_PROFILES, GEN_AI_ATTRIBUTES, genAiMetricDefinitions }) =>
    GEN_AI_PROFILES.flatMap((profile) => [
      ...Object.values(GEN_AI_ATTRIBUTES[profile]).map((name) => `attribute ${name} (${profile})`),
      ...genAiMetricDefinitions(profile).map((one) => `${metricLine(one)} (${profile})`),
    ]),
  telemetryProfile: ({ telemetryProfile }) => {
    const { spans, attributes } = telemetryProfile('*');
    return [
      ...Object.values(spans).map((name) => `span ${name}`),
      ...Object.values(attributes).map((name) => `attribute ${name}`),
    ];
  },
};

function* namesInData(module) {
  for (const [name, read] of Object.entries(dataReaders)) if (name in module) yield* read(module);
  for (const [name, describe] of Object.entries(module)) {
    if (!/^describe\w+Config$/.test(name)) continue;
    for (const [, found] of describe().matchAll(/`([A-Z0-9_]+)`/g)) {
      if (variable.test(found)) yield `environment variable ${found}`;
    }
  }
}

/** The names of a package, from its built code, sorted. */
export async function reportedNames(folder, manifest) {
  const main = join(folder, 'dist/index.js');
  const module = existsSync(main) ? await import(pathToFileURL(main)) : {};
  const commands = Object.keys(manifest.bin ?? {}).map((name) => `command ${name}`);
  return [...new Set([...commands, ...namesInCode(folder), ...namesInData(module)])].toSorted(
    byText,
  );
}
