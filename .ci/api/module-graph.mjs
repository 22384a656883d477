// The modules of declarations that tsc wrote, and where each of their names comes from.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declarationIn, namesDeclaredBy, parse } from './syntax.mjs';

function readImport(module, { source, specifiers }) {
  for (const { type, local, imported } of specifiers) {
    if (type !== 'ImportSpecifier') throw new Error(`${module.file}: import ${local.name} by name`);
    module.imports.set(local.name, { source: source.value, name: imported.name });
  }
}

function readStatement(module, statement) {
  if (statement.type === 'ImportDeclaration') return readImport(module, statement);
  if (/^Export(All|Default)/.test(statement.type)) {
    throw new Error(`${module.file}: name what is exported`);
  }
  for (const { local, exported } of statement.specifiers ?? []) {
    module.exported.set(exported.name, { source: statement.source?.value, name: local.name });
  }
  const declaration = declarationIn(statement);
  for (const name of namesDeclaredBy(declaration)) {
    module.declared.set(name, [...(module.declared.get(name) ?? []), declaration]);
    if (declaration !== statement) module.exported.set(name, { name });
  }
}

function readModule(file) {
  const text = readFileSync(file, 'utf8');
  const { statements, comments } = parse(text, 'dts', file);
  const tables = { declared: new Map(), imports: new Map(), exported: new Map() };
  const module = { file, text, comments, ...tables };
  for (const statement of statements) readStatement(module, statement);
  return module;
}

/**
 * Follows names to where they are declared. An origin is `{ module, name }`, or `{ source, name }` for what comes from
 * another package.
 */
export class ModuleGraph {
  #modules = new Map();

  at(file) {
    if (!this.#modules.has(file)) this.#modules.set(file, readModule(file));
    return this.#modules.get(file);
  }

  /** Where a name of a module comes from; undefined for globals and type parameters. */
  originOf(module, name) {
    if (module.declared.has(name)) return { module, name };
    const imported = module.imports.get(name);
    return imported && this.#follow(module, imported);
  }

  /** What a module exports: each name, and its origin. */
  exportsOf(module) {
    return [...module.exported].map(([name, target]) => [name, this.#follow(module, target)]);
  }

  #follow(module, { source, name }) {
    if (source === undefined) return this.originOf(module, name);
    if (!source.startsWith('.')) return { source, name };
    const next = this.at(join(dirname(module.file), source.replace(/\.ts$/, '.d.ts')));
    const target = next.exported.get(name);
    if (!target) throw new Error(`${next.file} does not export ${name}`);
    return this.#follow(next, target);
  }
}
