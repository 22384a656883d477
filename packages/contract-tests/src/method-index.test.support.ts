import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A method of the client, and the request that it makes; none where it makes several, or none itself. */
export interface ListedMethod {
  /** `client.files.list` */
  readonly name: string;
  /** `GET /files` */
  readonly request: string | undefined;
  /** What its documentation says. */
  readonly documented: string | undefined;
}

/** A node of the syntax tree; members are read by the names that ESTree gives them. */
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

interface Comment {
  readonly value: string;
  readonly end: number;
}

/** One file, by what it declares. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly constants: ReadonlyMap<string, Node>;
  readonly functions: ReadonlyMap<string, Node>;
  readonly classes: ReadonlyMap<string, Node>;
  /** Where a name comes from: another file, and its name there. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
}

/** An endpoint as far as it can be read off the code. */
interface ReadEndpoint {
  readonly method?: string;
  readonly path?: string;
}

const REQUEST = /`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]*)`/;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function node(value: unknown): Node {
  if (isNode(value)) return value;
  throw new Error('The syntax tree is not as it should be.');
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(value: unknown): string {
  const { name, value: text } = node(value);
  return String(name ?? text);
}

/** Every node below, this one included. */
function* walk(from: unknown): Generator<Node> {
  if (Array.isArray(from)) for (const one of from) yield* walk(one);
  if (!isNode(from)) return;
  yield from;
  for (const [member, value] of Object.entries(from)) if (member !== 'parent') yield* walk(value);
}

function unwrap(expression: Node): Node {
  return expression.type.startsWith('TS') && isNode(expression['expression'])
    ? unwrap(expression['expression'])
    : expression;
}

function readFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const { program, comments } = parseSync(path, text);
  const constants = new Map<string, Node>();
  const functions = new Map<string, Node>();
  const classes = new Map<string, Node>();
  const imports = new Map<string, { path: string; name: string }>();
  for (const statement of program.body as unknown as readonly Node[]) {
    const declared = isNode(statement['declaration']) ? statement['declaration'] : statement;
    if (declared.type === 'VariableDeclaration') {
      for (const { id, init } of nodes(declared['declarations'])) {
        if (isNode(init)) constants.set(nameOf(id), init);
      }
    } else if (declared.type === 'FunctionDeclaration') {
      functions.set(nameOf(declared['id']), declared);
    } else if (declared.type === 'ClassDeclaration') {
      classes.set(nameOf(declared['id']), declared);
    } else if (declared.type === 'ImportDeclaration') {
      const from = String(node(declared['source'])['value']);
      if (!from.startsWith('.')) continue;
      for (const { imported, local } of nodes(declared['specifiers'])) {
        const target = resolve(dirname(path), from);
        imports.set(nameOf(local), { path: target, name: nameOf(imported) });
      }
    }
  }
  return { path, text, comments, constants, functions, classes, imports };
}

/** Reads the methods of a client off its source. */
class ClientSource {
  readonly #files = new Map<string, SourceFile>();

  constructor(folder: string) {
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts') || entry.includes('.test.')) continue;
      const path = join(folder, entry);
      this.#files.set(path, readFile(path));
    }
  }

  methodsOf(file: SourceFile, type: string, prefix: string): ListedMethod[] {
    const found = this.#find(file, type, 'classes');
    if (found === undefined) return [];
    return this.#members(found.node)
      .filter(hasBody)
      .flatMap((member) => {
        const name = `${prefix}.${nameOf(member['key'])}`;
        const inner = memberType(member);
        if (inner !== undefined) return this.methodsOf(found.file, inner, name);
        if (member.type !== 'MethodDefinition' || member['kind'] !== 'method') return [];
        const request = this.#requestOf(found.file, found.node, member);
        const documented = this.#members(found.node)
          .filter(({ key }) => nameOf(key) === nameOf(member['key']))
          .map((overload) => documentedRequest(found.file, overload))
          .find((text) => text !== undefined);
        return [{ name, request, documented }];
      });
  }

  file(path: string): SourceFile {
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`There is no ${path}.`);
    return file;
  }

  /** What others may use, overloads included. */
  #members(found: Node): readonly Node[] {
    return nodes(node(found['body'])['body']).filter(
      ({ key, accessibility, static: isStatic, computed }) =>
        isNode(key) &&
        key.type !== 'PrivateIdentifier' &&
        accessibility !== 'private' &&
        accessibility !== 'protected' &&
        isStatic !== true &&
        computed !== true,
    );
  }

  #requestOf(file: SourceFile, owner: Node, member: Node): string | undefined {
    const requests = new Set<string>();
    for (const { type, callee, arguments: given } of walk(node(member['value'])['body'])) {
      if (type !== 'CallExpression') continue;
      const request =
        this.#callerRequest(file, callee, nodes(given)[0]) ??
        this.#siblingRequest(file, owner, callee);
      if (request !== undefined) requests.add(request);
    }
    return requests.size === 1 ? [...requests][0] : undefined;
  }

  /** `this.#caller.call(endpoint, …)` */
  #callerRequest(
    file: SourceFile,
    callee: unknown,
    argument: Node | undefined,
  ): string | undefined {
    const { object } = node(callee);
    if (!isNode(object) || object.type !== 'MemberExpression' || argument === undefined) {
      return undefined;
    }
    if (nameOf(object['property']) !== 'caller') return undefined;
    for (const candidate of alternatives(argument)) {
      const { method, path } = this.#endpoint(file, candidate) ?? {};
      if (method !== undefined && path !== undefined) return `${method} ${path}`;
    }
    return undefined;
  }

  /** `this.completions.create(…)` makes the same request. */
  #siblingRequest(file: SourceFile, owner: Node, callee: unknown): string | undefined {
    const { object, property } = node(callee);
    if (!isNode(object) || object.type !== 'MemberExpression') return undefined;
    if (!isNode(object['object']) || object['object'].type !== 'ThisExpression') return undefined;
    const sibling = this.#members(owner).find(
      ({ key }) => nameOf(key) === nameOf(object['property']),
    );
    const type = sibling === undefined ? undefined : memberType(sibling);
    const found = type === undefined ? undefined : this.#find(file, type, 'classes');
    if (found === undefined) return undefined;
    const method = this.#members(found.node).find(
      (member) => hasBody(member) && nameOf(member['key']) === nameOf(property),
    );
    return method === undefined ? undefined : this.#requestOf(found.file, found.node, method);
  }

  #endpoint(file: SourceFile, given: Node): ReadEndpoint | undefined {
    const expression = unwrap(given);
    if (expression.type === 'ObjectExpression') return this.#objectEndpoint(file, expression);
    if (expression.type === 'Identifier') {
      const found = this.#find(file, nameOf(expression), 'constants');
      return found && this.#endpoint(found.file, found.node);
    }
    // `ENDPOINTS.create` is one of several that a function made.
    if (expression.type === 'MemberExpression') {
      return this.#endpoint(file, node(expression['object']));
    }
    if (expression.type !== 'CallExpression') return undefined;
    return { ...this.#madeEndpoint(file, expression), ...this.#givenEndpoint(file, expression) };
  }

  /** What a function gives back; one of another package makes endpoints that are posted to. */
  #madeEndpoint(file: SourceFile, call: Node): ReadEndpoint {
    const made = this.#find(file, nameOf(call['callee']), 'functions');
    if (made === undefined) return { method: 'POST' };
    for (const inner of walk(made.node['body'])) {
      if (inner.type === 'ReturnStatement' && isNode(inner['argument'])) {
        return this.#endpoint(made.file, inner['argument']) ?? {};
      }
    }
    return {};
  }

  /** What a function is told of the endpoint that it makes. */
  #givenEndpoint(file: SourceFile, call: Node): ReadEndpoint {
    const [options] = nodes(call['arguments']);
    if (options?.type !== 'ObjectExpression') return {};
    const { path } = this.#objectEndpoint(file, options);
    return path === undefined ? {} : { path };
  }

  #objectEndpoint(file: SourceFile, object: Node): ReadEndpoint {
    let endpoint: ReadEndpoint = {};
    for (const property of nodes(object['properties'])) {
      if (property.type === 'SpreadElement') {
        endpoint = { ...endpoint, ...this.#endpoint(file, node(property['argument'])) };
        continue;
      }
      const name = nameOf(property['key']);
      if (name !== 'method' && name !== 'path') continue;
      const text = this.#text(file, node(property['value']));
      if (text !== undefined) endpoint = { ...endpoint, [name]: text };
    }
    return endpoint;
  }

  /** Undefined for what is known only when the code runs. */
  #text(file: SourceFile, given: Node): string | undefined {
    const expression = unwrap(given);
    if (expression.type === 'Literal') return String(expression['value']);
    if (expression.type === 'TemplateLiteral') {
      const inserted = nodes(expression['expressions']);
      return nodes(expression['quasis'])
        .map(({ value }, index) => {
          const { cooked } = value as { readonly cooked: string };
          const next = inserted[index];
          return next === undefined ? cooked : `${cooked}${this.#text(file, next)}`;
        })
        .join('');
    }
    if (expression.type !== 'Identifier') return undefined;
    const found = this.#find(file, nameOf(expression), 'constants');
    return found && this.#text(found.file, found.node);
  }

  #find(
    file: SourceFile,
    name: string,
    kind: 'classes' | 'constants' | 'functions',
  ): { readonly file: SourceFile; readonly node: Node } | undefined {
    const own = file[kind].get(name);
    if (own !== undefined) return { file, node: own };
    const imported = file.imports.get(name);
    return imported && this.#find(this.file(imported.path), imported.name, kind);
  }
}

/** Overloads have none. */
function hasBody({ value }: Node): boolean {
  return !(isNode(value) && value.type === 'TSEmptyBodyFunctionExpression');
}

/** Either of `condition ? one : other`. */
function alternatives(expression: Node): readonly Node[] {
  if (expression.type !== 'ConditionalExpression') return [expression];
  return [node(expression['consequent']), node(expression['alternate'])].flatMap(alternatives);
}

/** The class that a getter or a field gives. */
function memberType(member: Node): string | undefined {
  const annotated =
    member['kind'] === 'get' ? node(member['value'])['returnType'] : member['typeAnnotation'];
  const type = isNode(annotated) ? annotated['typeAnnotation'] : undefined;
  return isNode(type) && type.type === 'TSTypeReference' ? nameOf(type['typeName']) : undefined;
}

/** What the comment right before a member says. */
function documentedRequest(file: SourceFile, member: Node): string | undefined {
  const start = Number(member['start']);
  const before = file.comments.findLast(({ end }) => end <= start);
  if (before === undefined || file.text.slice(before.end, start).trim() !== '') return undefined;
  return REQUEST.exec(before.value)?.[1];
}

/** Every method of the client, as its source has it. */
export function readMethods(folder: string, clientFile: string, client: string): ListedMethod[] {
  const source = new ClientSource(folder);
  return source
    .methodsOf(source.file(join(folder, clientFile)), client, 'client')
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
