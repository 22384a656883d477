// Takes an API as text apart: its declarations, their members, and on which side of it they stand.
import { declarationIn, namesDeclaredBy, parse } from './syntax.mjs';
import { sidesOf } from './usage.mjs';

/** Declarations by name; overloads and merged interfaces together. `text` gives the code of a node. */
export function readDeclarations(code) {
  const declarations = new Map();
  const renamed = new Map();
  const textOf = (node) =>
    node ? code.slice(node.start, node.end).replaceAll(/\s+/g, ' ').replace(/[;,]$/, '') : '';
  for (const statement of parse(code, 'dts').statements) {
    const declaration = declarationIn(statement);
    for (const { local, exported } of statement.specifiers ?? []) {
      if (statement.type !== 'ImportDeclaration') renamed.set(exported.name, local.name);
    }
    for (const name of namesDeclaredBy(declaration)) {
      const known = declarations.get(name) ?? { nodes: [], isExported: declaration !== statement };
      declarations.set(name, { ...known, nodes: [...known.nodes, declaration] });
    }
  }
  for (const local of renamed.values()) {
    if (declarations.has(local)) declarations.get(local).isExported = true;
  }
  return { declarations, renamed, textOf, sides: sidesOf(declarations) };
}

/** The type of a field. */
export const typeOf = (node) => node?.typeAnnotation?.typeAnnotation ?? node?.typeAnnotation;

/** What a parameter takes; its name is of no account. */
function parameterOf(node, textOf) {
  const isRest = node.type === 'RestElement';
  const annotation = node.typeAnnotation ?? node.argument?.typeAnnotation;
  return {
    text: `${isRest ? '...' : ''}${textOf(annotation)}`,
    isOptional: isRest || node.optional === true,
  };
}

const functionOf = (node) => node.value ?? node;

/** What a function takes, and the rest of it as text. */
export function signatureOf(node, textOf) {
  const { params = [], returnType, typeParameters } = functionOf(node);
  return {
    parameters: params.map((one) => parameterOf(one, textOf)),
    rest: textOf(typeParameters) + textOf(returnType),
  };
}

/** Whether a member is a method; accessors are fields. */
export const isCallable = (node) =>
  Array.isArray(functionOf(node)?.params) && !node.kind?.endsWith?.('et');

function keyOf(member, textOf) {
  if (member.type === 'TSIndexSignature') return `[${textOf(member.parameters[0].typeAnnotation)}]`;
  if (member.type.endsWith('CallSignatureDeclaration')) return '(call)';
  if (member.type.endsWith('ConstructSignatureDeclaration')) return '(new)';
  const key = textOf(member.key);
  const name = member.computed ? `[${key}]` : key;
  return `${member.static ? 'static ' : ''}${name}`;
}

/** The members of an interface, a class or an object type; undefined for any other. */
export const bodyOf = (node) => {
  const body = node.body?.body ?? node.body ?? node.typeAnnotation;
  if (Array.isArray(body)) return body;
  return body?.type === 'TSTypeLiteral' ? body.members : undefined;
};

/** The same by name; overloads together. */
export const membersOf = ({ nodes, textOf }) =>
  Map.groupBy(
    nodes.flatMap(bodyOf).filter((member) => member.accessibility !== 'private'),
    (member) => keyOf(member, textOf),
  );

/** What stands before the members: type parameters, what is extended. */
export const headOf = ({ nodes, textOf }) =>
  nodes
    .map((node) => {
      const body = node.typeAnnotation ?? node.body;
      const text = textOf(node);
      return text.slice(0, text.length - textOf(body).length);
    })
    .join(' ');
