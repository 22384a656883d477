import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { FaultRule } from './fault-rule.ts';
import type { Fault } from './fault.ts';
import { isJsonObject, jsonTypeOf } from './json-value.ts';
import { SimulatorError } from './simulator-error.ts';

/** Says what is wrong with a value, or nothing. */
type Check = (value: unknown) => string | undefined;

const LONGEST_DELAY_MS = 2 ** 31 - 1;

const flag: Check = (value) =>
  value === true ? undefined : `must be true or left out, not ${shown(value)}`;
const text: Check = (value) =>
  typeof value === 'string' ? undefined : `must be a string, not ${shown(value)}`;
const textOrNull: Check = (value) => (value === null ? undefined : text(value));
const delay: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= LONGEST_DELAY_MS
    ? undefined
    : `must be milliseconds from 0 to ${LONGEST_DELAY_MS}, not ${shown(value)}`;
const interval: Check = (value) =>
  typeof value === 'number' && value >= 1 && value <= LONGEST_DELAY_MS
    ? undefined
    : `must be milliseconds from 1 to ${LONGEST_DELAY_MS}, not ${shown(value)}`;
const count: Check = (value) =>
  isWhole(value, 0) ? undefined : `must be a whole number from 0, not ${shown(value)}`;
const positive: Check = (value) =>
  isWhole(value, 1) ? undefined : `must be a whole number from 1, not ${shown(value)}`;
const errorStatus: Check = (value) =>
  isWhole(value, 400) && value <= 599
    ? undefined
    : `must be an error status from 400 to 599, not ${shown(value)}`;

function oneOf(...choices: readonly unknown[]): Check {
  return (value) =>
    choices.includes(value)
      ? undefined
      : `must be one of ${choices.map(shown).join(', ')}, not ${shown(value)}`;
}

function either(first: Check, second: Check, wording: string): Check {
  return (value) =>
    first(value) === undefined || second(value) === undefined
      ? undefined
      : `${wording}, not ${shown(value)}`;
}

function record(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value) => {
    if (!isJsonObject(value)) return `must be an object, not ${shown(value)}`;
    const missing = required.find((name) => value[name] === undefined);
    if (missing !== undefined) return `lacks ${missing}`;
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue;
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check === undefined)
        return `has no field ${JSON.stringify(name)}; it may have ${Object.keys(fields).join(', ')}`;
      const wrong = check(field);
      if (wrong !== undefined) return `${name} ${wrong}`;
    }
    return undefined;
  };
}

const headers: Check = (value) => {
  if (!isJsonObject(value)) return `must be an object, not ${shown(value)}`;
  for (const [name, content] of Object.entries(value)) {
    if (typeof content !== 'string') return `${name} must be a string, not ${shown(content)}`;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, content);
    } catch (error) {
      return `has an impossible header: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
};

const headerText: Check = (value) => (typeof value === 'string' ? headers({ value }) : text(value));
const error = record({ message: text, type: text, code: textOrNull, param: textOrNull });
const object: Check = (value) =>
  isJsonObject(value) ? undefined : `must be an object, not ${shown(value)}`;
const errorEventFields = record({ afterEvents: count, error, body: object }, ['afterEvents']);
const errorEvent: Check = (value) => errorEventFields(value) ?? twoErrors(value);
const eventName: Check = (value) =>
  typeof value === 'string' && !/[\r\n]/.test(value)
    ? undefined
    : `must be a string of one line, not ${shown(value)}`;

const checkFields: Check = record({
  status: errorStatus,
  error,
  retryAfter: either(count, headerText, 'must be whole seconds or a header value'),
  retryAfterMs: count,
  headers,
  body: either(
    oneOf('json', 'empty', 'html', 'binary'),
    object,
    'must be json, empty, html, binary or an object',
  ),
  latencyMs: delay,
  html: flag,
  emptyBody: flag,
  wrongContentType: either(flag, headerText, 'must be true or a content type'),
  redirect: record({ status: oneOf(301, 302, 303, 307, 308), location: headerText }, [
    'status',
    'location',
  ]),
  malformedJson: either(flag, positive, 'must be true or the number of an event from 1'),
  jsonInsteadOfStream: flag,
  reset: oneOf('beforeHeaders', 'afterHeaders'),
  headersThenStall: flag,
  firstEventDelayMs: delay,
  eventGapMs: delay,
  stallAfterEvents: count,
  keepAliveCommentsMs: interval,
  cutAfterEvents: count,
  cutMidEvent: count,
  resetAfterEvents: count,
  errorEvent,
  unknownEvent: record({ afterEvents: count, event: eventName, data: text }, [
    'afterEvents',
    'event',
    'data',
  ]),
  omitDone: flag,
  byteByByte: flag,
  chunkBytes: positive,
  lineEnding: oneOf('\n', '\r\n', '\r'),
} satisfies Record<keyof Fault, Check>);

const EXCLUSIVE: readonly (readonly (keyof Fault)[])[] = [
  ['status', 'redirect', 'html', 'emptyBody', 'jsonInsteadOfStream'],
  [
    'reset',
    'headersThenStall',
    'stallAfterEvents',
    'cutAfterEvents',
    'cutMidEvent',
    'resetAfterEvents',
    'errorEvent',
  ],
  ['byteByByte', 'chunkBytes'],
];

/** Whole rules, as `inject` takes them. */
const checkRuleFields: Check = record(
  {
    match: record({ method: text, path: pathPattern, model: text }),
    skip: count,
    times: positive,
    every: positive,
    forMs: interval,
    fault: isFault,
  },
  ['fault'],
);

/** Hands back `value` as a fault, or throws a `SimulatorError` (`invalid_fault`) that names the wrong field. */
export function checkFault(value: unknown): Fault {
  const wrong = isFault(value);
  if (wrong !== undefined) throw new SimulatorError('invalid_fault', `The fault ${wrong}.`);
  return value as Fault;
}

/** Hands back `value` as a fault rule, or throws a `SimulatorError` (`invalid_fault`) that names the wrong field. */
export function checkRule(value: unknown): FaultRule {
  const wrong = checkRuleFields(value);
  if (wrong !== undefined) throw new SimulatorError('invalid_fault', `The fault rule ${wrong}.`);
  return value as FaultRule;
}

function isFault(value: unknown): string | undefined {
  const wrong = checkFields(value);
  if (wrong !== undefined || !isJsonObject(value)) return wrong;
  if (Object.values(value).every((field) => field === undefined))
    return 'has no fields, so it would do nothing';
  for (const group of EXCLUSIVE) {
    const present = group.filter((name) => value[name] !== undefined);
    if (present.length > 1) return `cannot have ${present.join(' and ')} together`;
  }
  return lonely(value) ?? twoErrors(value);
}

/** An error beside a body that is sent as it is would be lost. */
function twoErrors(fault: unknown): string | undefined {
  if (!isJsonObject(fault) || fault['error'] === undefined || !isJsonObject(fault['body']))
    return undefined;
  return 'cannot have error and a body that is an object together';
}

/** A field that does nothing without another is a mistake of its author. */
function lonely(fault: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['error', 'body']) {
    if (fault[name] !== undefined && fault['status'] === undefined)
      return `${name} needs a status beside it`;
  }
  return undefined;
}

function pathPattern(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('/')
    ? undefined
    : `must begin with "/", such as "/v1/chat/completions" or "/v1/*", not ${shown(value)}`;
}

function isWhole(value: unknown, from: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= from;
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? jsonTypeOf(value)
    : (JSON.stringify(value) ?? jsonTypeOf(value));
}
