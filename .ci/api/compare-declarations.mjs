// What changed between two APIs as texts, and what it means to users: `breaking`, `addition`, or `form` where they need
// not know. Where it cannot tell it says breaking: it reads declarations, it does not check types.
import {
  bodyOf,
  headOf,
  isCallable,
  membersOf,
  readDeclarations,
  signatureOf,
  typeOf,
} from './read-declarations.mjs';

const breaking = (text) => ({ kind: 'breaking', text });
const addition = (text) => ({ kind: 'addition', text });

const unionParts = (type) => (type?.type === 'TSUnionType' ? type.types : [type]);

/** Whether all calls of before may be made still: more parameters, which may be left out. */
function takesMore(before, after) {
  if (before.rest !== after.rest || after.parameters.length < before.parameters.length)
    return false;
  return after.parameters.every(({ text, isOptional }, index) => {
    const old = before.parameters[index];
    return old ? old.text === text && (isOptional || !old.isOptional) : isOptional;
  });
}

function compareMember(name, before, after, sides) {
  const [old, now] = [before.nodes[0], after.nodes[0]];
  const text = (side) => side.nodes.map(side.textOf).join(' ');
  if (text(before) === text(after)) return [];
  const changed = `${name} was \`${text(before)}\`, is \`${text(after)}\``;
  if (before.nodes.length !== after.nodes.length || old.type !== now.type)
    return [breaking(changed)];
  if (isCallable(old)) {
    const fits = before.nodes.every((one, index) =>
      takesMore(signatureOf(one, before.textOf), signatureOf(after.nodes[index], after.textOf)),
    );
    const keepsForm = ['optional', 'static', 'kind', 'accessibility'].every(
      (flag) => old[flag] === now[flag],
    );
    return [fits && keepsForm ? addition(changed) : breaking(changed)];
  }
  if (old.readonly !== now.readonly) return [breaking(changed)];
  if (old.optional !== now.optional) {
    const safeSide = now.optional ? 'made' : 'given';
    const isSafe =
      before.textOf(typeOf(old)) === after.textOf(typeOf(now)) &&
      sides.size === 1 &&
      sides.has(safeSide);
    return [isSafe ? addition(changed) : breaking(changed)];
  }
  return compareTypes(
    name,
    { ...before, type: typeOf(old) },
    { ...after, type: typeOf(now) },
    sides,
  );
}

/**
 * A type may get more literals, as lists of names do. More of any other kind, such as `undefined`, is a break to those
 * who are given it.
 */
function compareTypes(name, before, after, sides) {
  const partsOf = ({ type, textOf }) =>
    new Map(unionParts(type).map((part) => [textOf(part), part]));
  const [old, now] = [partsOf(before), partsOf(after)];
  const gone = [...old.keys()].filter((part) => !now.has(part));
  const added = [...now].filter(([part]) => !old.has(part));
  if (old.size === 1 && gone.length > 0) {
    const [was, is] = [before, after].map(({ type, textOf }) => textOf(type));
    return [breaking(`${name} was \`${was}\`, is \`${is}\``)];
  }
  const isHarmless = ({ type }) => type === 'TSLiteralType' || !sides.has('given');
  const found = [
    ...gone.map((part) => breaking(`${name} is \`${part}\` no longer`)),
    ...added.map(([text, part]) =>
      (isHarmless(part) ? addition : breaking)(`${name} may be \`${text}\` as well`),
    ),
  ];
  return found.length > 0 ? found : [{ kind: 'form', text: `${name} is in another order` }];
}

/** A member that is new: only those who make such objects themselves must change their code. */
function newMember(name, { nodes, textOf }, isClass, sides) {
  const [member] = nodes;
  const text = `${name} is new: \`${textOf(member)}\``;
  const mustBeMade =
    !member.optional && (isClass ? member.type.startsWith('TSAbstract') : sides.has('made'));
  return mustBeMade
    ? breaking(`${text}, and whoever makes such an object lacks it`)
    : addition(text);
}

function compareMembers(name, before, after, sides) {
  const [old, now] = [membersOf(before), membersOf(after)];
  const isClass = after.nodes[0].type === 'ClassDeclaration';
  const found =
    headOf(before) === headOf(after)
      ? []
      : [breaking(`${name} has another head: \`${headOf(after)}\``)];
  for (const [key, nodes] of old) {
    const path = `${name}.${key}`;
    if (!now.has(key)) found.push(breaking(`${path} is gone`));
    else
      found.push(
        ...compareMember(path, { ...before, nodes }, { ...after, nodes: now.get(key) }, sides),
      );
  }
  for (const [key, nodes] of now) {
    if (!old.has(key)) found.push(newMember(`${name}.${key}`, { ...after, nodes }, isClass, sides));
  }
  return found;
}

function compareDeclaration(name, before, after, sides) {
  const text = ({ nodes, textOf }) => nodes.map(textOf).join(' ');
  if (text(before) === text(after)) return [];
  const [old, now] = [before.nodes[0], after.nodes[0]];
  const changed = `${name} was \`${text(before)}\`, is \`${text(after)}\``;
  if (old.type !== now.type) return [breaking(changed)];
  if (bodyOf(old) && bodyOf(now)) return compareMembers(name, before, after, sides);
  if (old.type === 'TSDeclareFunction') return compareMember(name, before, after, sides);
  if (old.type === 'TSTypeAliasDeclaration' && headOf(before) === headOf(after)) {
    return compareTypes(
      name,
      { ...before, type: old.typeAnnotation },
      { ...after, type: now.typeAnnotation },
      sides,
    );
  }
  return [breaking(changed)];
}

/** Every change between two texts of `declaredApi`, as `{ kind, text }`. */
export function compareDeclarations(codeBefore, codeAfter) {
  if (codeBefore === codeAfter) return [];
  const [before, after] = [readDeclarations(codeBefore), readDeclarations(codeAfter)];
  const found = [];
  const exportsOf = ({ declarations, renamed }) =>
    new Set([
      ...[...declarations].filter(([, one]) => one.isExported).map(([name]) => name),
      ...renamed.keys(),
    ]);
  const [old, now] = [exportsOf(before), exportsOf(after)];
  for (const name of old) if (!now.has(name)) found.push(breaking(`${name} is gone`));
  for (const name of now) if (!old.has(name)) found.push(addition(`${name} is new`));
  for (const [name, { nodes }] of before.declarations) {
    const next = after.declarations.get(name);
    if (!next) continue;
    const sides = new Set([...before.sides.get(name), ...after.sides.get(name)]);
    found.push(
      ...compareDeclaration(
        name,
        { nodes, textOf: before.textOf },
        { nodes: next.nodes, textOf: after.textOf },
        sides,
      ),
    );
  }
  return found.length > 0
    ? found
    : [{ kind: 'form', text: 'its declarations are written another way' }];
}
