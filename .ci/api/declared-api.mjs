// The API of an entry as one text, from the declarations that tsc wrote: what it exports, and the types of its package
// that those are made of, sorted and without comments. Equal APIs give equal texts.
//
// api-extractor would do it, but the newest (7.60) brings a TypeScript 6 of its own that stops at declarations of
// TypeScript 7 ("Unable to follow symbol for AbortSignal"), 50 MB of it, and takes 4 s an entry.
import { basename } from 'node:path';
import { byText } from './by-text.mjs';
import { ModuleGraph } from './module-graph.mjs';
import { referencesIn } from './syntax.mjs';

const keyOf = ({ module, source, name }) => `${module?.file ?? source}#${name}`;

/** Everything that origins lead to, by key. */
function reach(graph, origins) {
  const found = new Map();
  const add = (origin) => {
    if (found.has(keyOf(origin))) return;
    found.set(keyOf(origin), origin);
    const declarations = origin.module?.declared.get(origin.name) ?? [];
    for (const { name } of declarations.flatMap((one) => [...referencesIn(one)])) {
      const next = graph.originOf(origin.module, name);
      if (next) add(next);
    }
  };
  for (const origin of origins) add(origin);
  return found;
}

/** `file$Name`, where the name alone is taken. */
function qualified({ module, source, name }) {
  const place = basename(module?.file ?? source, '.d.ts');
  return `${place.replaceAll(/\W/g, '_')}$${name}`;
}

/** A name for each origin: its own, but for what is not exported where several have the same. */
function nameAll(found, exported) {
  const rivals = Map.groupBy(found.values(), ({ name }) => name);
  const nameOf = (key, origin) => {
    const isPlain = rivals.get(origin.name).length === 1 || exported.get(origin.name) === key;
    return isPlain ? origin.name : qualified(origin);
  };
  const names = new Map([...found].map(([key, origin]) => [key, nameOf(key, origin)]));
  const twice = [...names.values()].find((name, index, all) => all.indexOf(name) !== index);
  if (twice) throw new Error(`two declarations are called ${twice}: rename one of the files`);
  return names;
}

/** A declaration without comments, and with the names that its references have here. */
function textOf({ text, comments }, declaration, nameFor) {
  const renamed = [declaration.id, ...referencesIn(declaration)]
    .filter(Boolean)
    .map(({ start, name }) => ({ start, end: start + name.length, by: nameFor(name) ?? name }));
  const edits = [...comments.map(({ start, end }) => ({ start, end, by: '' })), ...renamed]
    .filter(({ start, end }) => start >= declaration.start && end <= declaration.end)
    .toSorted((one, other) => one.start - other.start);
  let code = '';
  let at = declaration.start;
  for (const { start, end, by } of edits) {
    code += text.slice(at, start) + by;
    at = end;
  }
  code += text.slice(at, declaration.end);
  return code.replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{2,}/g, '\n');
}

function importLines(found, names) {
  const imported = [...found].filter(([, { source }]) => source !== undefined);
  const bySource = Map.groupBy(imported, ([, { source }]) => source);
  return [...bySource].map(([source, origins]) => {
    const parts = origins.map(([key, { name }]) =>
      names.get(key) === name ? name : `${name} as ${names.get(key)}`,
    );
    return `import type { ${parts.toSorted(byText).join(', ')} } from '${source}';`;
  });
}

/** The API that a file of declarations offers, as TypeScript. */
export function declaredApi(file) {
  const graph = new ModuleGraph();
  const exports = graph.exportsOf(graph.at(file));
  const exported = new Map(exports.map(([name, origin]) => [name, keyOf(origin)]));
  const found = reach(
    graph,
    exports.map(([, origin]) => origin),
  );
  const names = nameAll(found, exported);

  const declarations = [...found].flatMap(([key, { module, name }]) => {
    const nameFor = (reference) => {
      const origin = graph.originOf(module, reference);
      return origin && names.get(keyOf(origin));
    };
    const prefix = exported.get(name) === key ? 'export ' : '';
    const nodes = module?.declared.get(name) ?? [];
    return nodes.map((one) => [names.get(key), prefix + textOf(module, one, nameFor)]);
  });
  const renamedExports = exports
    .filter(([name, origin]) => name !== origin.name || origin.source !== undefined)
    .map(([name, origin]) => [names.get(keyOf(origin)), name])
    .map(([local, name]) => `export { ${local === name ? name : `${local} as ${name}`} };`);

  return [
    ...importLines(found, names).toSorted(byText),
    ...declarations
      .toSorted(([one], [other]) => (one === other ? 0 : byText(one, other)))
      .map(([, text]) => text),
    ...renamedExports.toSorted(byText),
  ].join('\n');
}
