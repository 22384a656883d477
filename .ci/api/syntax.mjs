// What the readers of declarations and of scripts share: parsing, and walking a syntax tree.
import { parseSync } from 'rolldown/utils';

/** The statements of a text, by rolldown's parser: what TypeScript 7 has of its own for it is not stable yet. */
export function parse(text, lang, name = lang) {
  const { program, comments, errors } = parseSync(name, text, { lang, sourceType: 'module' });
  if (errors.length > 0) throw new Error(`${name} cannot be read: ${errors[0].message}`);
  return { statements: program.body, comments };
}

const isNode = (value) => typeof value?.type === 'string';

/** The nodes directly below a node. */
export const childrenOf = (node) => Object.values(node).flat().filter(isNode);

/** Every node of a tree, the given one first. */
export function* nodesOf(node) {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** The declaration in a statement, exported or not. */
export const declarationIn = (statement) =>
  statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;

/** The names that a declaration gives. */
export function namesDeclaredBy(declaration) {
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.map(({ id }) => id.name);
  }
  return declaration?.id ? [declaration.id.name] : [];
}

/** Fields that hold a name, but none that is declared elsewhere. */
const ownNames = {
  ObjectPattern: ['properties'],
  RestElement: ['argument'],
  TSQualifiedName: ['right'],
  TSNamedTupleMember: ['label'],
  TSTypePredicate: ['parameterName'],
  TSTypeParameter: ['name'],
  TSMappedType: ['key'],
};

function namesOnly(node, field) {
  if (ownNames[node.type]?.includes(field)) return true;
  if (field === 'id' || field === 'params') return true;
  return ['key', 'property'].includes(field) && !node.computed;
}

/** The identifiers of a tree that stand for something declared elsewhere. */
export function* referencesIn(node) {
  for (const [field, value] of Object.entries(node)) {
    for (const child of [value].flat().filter(isNode)) {
      const isName = child.type === 'Identifier';
      if (isName && !namesOnly(node, field)) yield child;
      // The type of a parameter hangs below its name.
      yield* referencesIn(child);
    }
  }
}
