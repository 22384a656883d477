import { formatPath, type WireError, wireText } from '@integrations/provider';

/** One thing that is wrong with a request, as the API's own validation tells it. */
interface WireIssue {
  readonly loc?: unknown;
  readonly msg?: unknown;
}

/** Where every path begins, for the body is all that is checked. */
const BODY = 'body';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf({ loc }: WireIssue): string {
  if (!Array.isArray(loc)) return '';
  const keys = loc.filter((key) => typeof key === 'string' || typeof key === 'number');
  return formatPath(keys[0] === BODY ? keys.slice(1) : keys);
}

/** Nothing of an issue's `input` or `ctx`: they quote what people wrote. */
function issueText(issue: WireIssue): string | undefined {
  const text = wireText(issue.msg);
  const path = pathOf(issue);
  if (text === undefined) return path === '' ? undefined : `${path} is wrong`;
  return path === '' ? text : `${path}: ${text}`;
}

/** The issues of a list, if it is one. */
function issuesIn(value: unknown): readonly WireIssue[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const issues = value.filter(isObject);
  return issues.length === 0 ? undefined : issues;
}

function ofIssues(issues: readonly WireIssue[]): WireError {
  const texts = issues.map(issueText).filter((text) => text !== undefined);
  return {
    message: texts.length === 0 ? undefined : texts.join('; '),
    param: issues.map(pathOf).find((path) => path !== ''),
  };
}

/** What a member says that may be a text, a list of issues, or an object around either. */
function readSaid(value: unknown): WireError {
  const issues = issuesIn(value);
  if (issues !== undefined) return ofIssues(issues);
  if (Array.isArray(value)) return { message: wireText(value.map(wireText).join('; ')) };
  if (!isObject(value)) return { message: wireText(value) };
  const { detail, message, error_code: code } = value;
  return { code: wireText(code), ...readSaid(detail ?? message) };
}

/**
 * What an error body of the API says. There are several shapes: `message` and `detail`
 * may be texts, lists of issues, or objects that hold either; codes may be numbers; and
 * an error of a stream may stand in a member of its own.
 */
export function readMistralError(body: unknown): WireError {
  if (!isObject(body)) return {};
  const { error, detail, message, type, code, param } = body;
  if (isObject(error)) return readMistralError(error);
  const said = readSaid(issuesIn(detail) ?? message ?? detail ?? error);
  return {
    message: said.message,
    type: wireText(type),
    code: wireText(code) ?? said.code,
    param: wireText(param) ?? said.param,
  };
}
