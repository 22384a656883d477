import { isIPv4 } from 'node:net';
import type { JournalEntry } from './journal.ts';
import { isJsonObject } from './json-value.ts';
import { MISTRAL_MODELS } from './mistral/models/model-catalog.ts';
import type { ModelDescription } from './model-description.ts';
import { OPENAI_MODELS } from './openai/model-catalog.ts';
import { isProviderName, type ProviderName } from './provider-name.ts';
import { SimulatorError } from './simulator-error.ts';

/** How a simulator is set up. Everything has a default. */
export interface SimulatorOptions {
  /** Whose protocol is spoken. @default 'openai' */
  readonly provider?: ProviderName;
  /** The port to listen on; 0 lets the system choose a free one. @default 0 */
  readonly port?: number;
  /** The address to listen on: `127.0.0.1` (or another of 127.0.0.0/8), `::1` or `localhost`. @default '127.0.0.1' */
  readonly host?: string;
  /** The keys that are accepted. @default any that does not begin with `invalid` */
  readonly apiKeys?: readonly string[];
  /** The models there are: ids, or descriptions. An id with `embed` in it is an embedding model. @default a selection of the provider's */
  readonly models?: readonly (string | ModelDescription)[];
  /** Milliseconds from a request's last byte to its response's head. @default 0 */
  readonly latencyMs?: number;
  /** Milliseconds between the events of a stream. @default 0 */
  readonly eventGapMs?: number;
  /** Words in each content event of a stream. @default 1 */
  readonly wordsPerEvent?: number;
  /** The limit of requests a minute that the headers state, for each key; 0 is no allowance at all. @default 10000 */
  readonly requestsPerMinute?: number;
  /** The limit of tokens a minute that the headers state, for each key; 0 is no allowance at all. @default 2000000 */
  readonly tokensPerMinute?: number;
  /** Answers 429 to what exceeds the limits in a sliding minute. @default false */
  readonly enforceRateLimits?: boolean;
  /** What the ids are made from: the same seed gives the same ids in the same order. @default 0 */
  readonly seed?: number | string;
  /** Keeps requests' bodies in the journal. @default true */
  readonly recordBodies?: boolean;
  /** How many of the latest requests the journal keeps at least; it never keeps twice as many. @default 10000 */
  readonly maxJournalEntries?: number;
  /** The largest body in bytes; a larger one gets 413. @default 33554432 */
  readonly maxBodyBytes?: number;
  /** Allows browsers: answers preflight requests and adds the access-control headers. @default false */
  readonly cors?: boolean;
  /** Has the APIs that the provider has switched off: OpenAI's Assistants, Mistral's fine-tuning jobs. Without it they are refused as there. @default false */
  readonly retired?: boolean;
  /** Called when a request has been answered, one way or another. What it throws is emitted as a process warning. */
  readonly onRequestEnd?: (entry: JournalEntry) => void;
}

/** Options with every default in place. */
export interface SimulatorSettings extends Required<
  Omit<SimulatorOptions, 'apiKeys' | 'models' | 'onRequestEnd'>
> {
  readonly apiKeys: ReadonlySet<string> | undefined;
  readonly models: readonly ModelDescription[];
  readonly onRequestEnd: ((entry: JournalEntry) => void) | undefined;
}

const MODELS_OF: Readonly<Record<ProviderName, readonly ModelDescription[]>> = {
  openai: OPENAI_MODELS,
  mistral: MISTRAL_MODELS,
};

const NAMES: ReadonlySet<string> = new Set<keyof SimulatorOptions>([
  'provider',
  'port',
  'host',
  'apiKeys',
  'models',
  'latencyMs',
  'eventGapMs',
  'wordsPerEvent',
  'requestsPerMinute',
  'tokensPerMinute',
  'enforceRateLimits',
  'seed',
  'recordBodies',
  'maxJournalEntries',
  'maxBodyBytes',
  'cors',
  'retired',
  'onRequestEnd',
]);

/** Fills in the defaults. @throws SimulatorError `invalid_option` that names the option */
export function resolveOptions(options: SimulatorOptions): SimulatorSettings {
  if (typeof options !== 'object' || options === null)
    throw invalid('The options must be an object.');
  const unknown = Object.keys(options).find((name) => !NAMES.has(name));
  if (unknown !== undefined)
    throw invalid(
      `There is no option ${JSON.stringify(unknown)}; there are ${[...NAMES].join(', ')}.`,
    );
  const provider = providerName(options.provider ?? 'openai');
  return {
    provider,
    port: whole(options, 'port', 0, { from: 0, to: 65_535 }),
    host: loopback(options.host ?? '127.0.0.1'),
    apiKeys: keys(options.apiKeys),
    models: models(options.models, MODELS_OF[provider]),
    latencyMs: milliseconds(options, 'latencyMs'),
    eventGapMs: milliseconds(options, 'eventGapMs'),
    wordsPerEvent: whole(options, 'wordsPerEvent', 1),
    requestsPerMinute: whole(options, 'requestsPerMinute', 10_000, FROM_NOTHING),
    tokensPerMinute: whole(options, 'tokensPerMinute', 2_000_000, FROM_NOTHING),
    enforceRateLimits: flag(options, 'enforceRateLimits', false),
    seed: seed(options.seed ?? 0),
    recordBodies: flag(options, 'recordBodies', true),
    maxJournalEntries: whole(options, 'maxJournalEntries', 10_000),
    maxBodyBytes: whole(options, 'maxBodyBytes', 32 * 1024 * 1024),
    cors: flag(options, 'cors', false),
    retired: flag(options, 'retired', false),
    onRequestEnd: callback(options.onRequestEnd),
  };
}

type NameOf<T> = {
  [K in keyof SimulatorOptions]-?: Exclude<SimulatorOptions[K], undefined> extends T ? K : never;
}[keyof SimulatorOptions];

const FROM_NOTHING = { from: 0, to: Number.MAX_SAFE_INTEGER };

function providerName(given: unknown): ProviderName {
  if (isProviderName(given)) return given;
  throw invalid(`provider must be openai or mistral, not ${JSON.stringify(given)}.`);
}

function whole(
  options: SimulatorOptions,
  name: NameOf<number>,
  fallback: number,
  range: { readonly from: number; readonly to: number } = { from: 1, to: Number.MAX_SAFE_INTEGER },
): number {
  const value = options[name] ?? fallback;
  if (Number.isSafeInteger(value) && value >= range.from && value <= range.to) return value;
  throw invalid(
    `${name} must be a whole number from ${range.from} to ${range.to}, not ${String(value)}.`,
  );
}

function milliseconds(options: SimulatorOptions, name: NameOf<number>): number {
  const value = options[name] ?? 0;
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) return value;
  throw invalid(`${name} must be milliseconds from 0 to ${2 ** 31 - 1}, not ${String(value)}.`);
}

function flag(options: SimulatorOptions, name: NameOf<boolean>, fallback: boolean): boolean {
  const value = options[name] ?? fallback;
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} must be true or false, not ${String(value)}.`);
}

function loopback(host: string): string {
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.')))
    return host;
  throw invalid(
    `host must be a loopback address (127.0.0.1, ::1 or localhost), not ${JSON.stringify(host)}: anyone who reaches the simulator may use it.`,
  );
}

function keys(given: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  if (
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((key) => typeof key === 'string' && key !== '')
  ) {
    return new Set(given);
  }
  throw invalid('apiKeys must be a list of at least one key, none of them empty.');
}

function models(
  given: SimulatorOptions['models'],
  known: readonly ModelDescription[],
): readonly ModelDescription[] {
  if (given === undefined) return known;
  if (!Array.isArray(given)) throw invalid('models must be a list of ids or descriptions.');
  return given.map((model: string | ModelDescription) => {
    const description = typeof model === 'string' ? describe(model, known) : model;
    if (isJsonObject(description) && typeof description.id === 'string' && description.id !== '')
      return description;
    throw invalid('Each of models must be an id, or a description with an id.');
  });
}

/** Of a model of which only the id is given: all that is known of it, or no more. */
function describe(id: string, known: readonly ModelDescription[]): ModelDescription {
  return known.find((model) => model.id === id) ?? { id };
}

function seed(given: number | string): number | string {
  if (typeof given === 'number' || typeof given === 'string') return given;
  throw invalid('seed must be a number or a string.');
}

function callback(given: SimulatorOptions['onRequestEnd']): SimulatorOptions['onRequestEnd'] {
  if (given === undefined || typeof given === 'function') return given;
  throw invalid('onRequestEnd must be a function.');
}

function invalid(message: string): SimulatorError {
  return new SimulatorError('invalid_option', message);
}
