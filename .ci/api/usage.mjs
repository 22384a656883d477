// On which side of an API its types stand: what users make and hand in, what they are given, or both.
import { childrenOf } from './syntax.mjs';

const opposite = { given: 'made', made: 'given' };

const typeArguments = new Set(['TSTypeParameterInstantiation', 'TSTypeParameterDeclaration']);

/** Whether a child is a parameter of a function, which its callers hand in. */
const isParameter = (node, child) =>
  Array.isArray(node.params) && !typeArguments.has(node.type) && node.params.includes(child);

function* mentionsIn(node, side) {
  if (node.type === 'Identifier') yield [node.name, side];
  for (const child of childrenOf(node)) {
    yield* mentionsIn(child, isParameter(node, child) ? opposite[side] : side);
  }
}

/** Whether a type has something to call: others may implement it. */
const isPort = (nodes) =>
  nodes.some((node) =>
    (node.body?.body ?? node.typeAnnotation?.members ?? []).some(
      (member) =>
        member.type === 'TSMethodSignature' ||
        member.typeAnnotation?.typeAnnotation.type === 'TSFunctionType',
    ),
  );

/**
 * The sides of each declaration: `given`, `made` or both. What functions and classes lead to is known. An exported
 * interface that nothing leads to, or that has methods, may be implemented by users, for other packages that take it.
 */
export function sidesOf(declarations) {
  const sides = new Map([...declarations.keys()].map((name) => [name, new Set()]));
  const mark = (name, side) => {
    if (!sides.has(name) || sides.get(name).has(side)) return;
    sides.get(name).add(side);
    for (const node of declarations.get(name).nodes) {
      for (const [mentioned, where] of mentionsIn(node, side)) {
        if (mentioned !== name) mark(mentioned, where);
      }
    }
  };
  const exported = [...declarations].filter(([, { isExported }]) => isExported);
  const isType = ({ nodes }) => /^TS(Interface|TypeAlias)/.test(nodes[0].type);
  for (const [name, one] of exported) if (!isType(one)) mark(name, 'given');
  for (const [name, one] of exported) {
    if (!isType(one) || (sides.get(name).size > 0 && !isPort(one.nodes))) continue;
    mark(name, 'given');
    mark(name, 'made');
  }
  return sides;
}
