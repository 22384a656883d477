import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkRule } from './fault-check.ts';
import type { FaultRule } from './fault-rule.ts';
import { isProviderName, type ProviderName } from './provider-name.ts';
import type { SimulatorOptions } from './simulator-options.ts';

/** The arguments are wrong; the message is one line that says which. */
export class CommandUsageError extends Error {
  override readonly name = 'CommandUsageError';
}

/** What the command is to serve. */
export interface CommandArguments {
  readonly options: SimulatorOptions;
  readonly rules: readonly FaultRule[];
}

/** What the command was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'serve' } & CommandArguments);

export const HELP = `integrations-simulator: a local server that speaks the protocol of OpenAI or Mistral, with faults on demand

  --provider <name>     openai or mistral (default openai)
  --port <number>       port to listen on; 0 takes a free one (default 0)
  --host <address>      loopback address to listen on (default 127.0.0.1)
  --key <key>           accept this API key only; repeat it for several (default: any that does not begin with "invalid")
  --latency <ms>        wait before each response (default 0)
  --event-gap <ms>      wait between the events of a stream (default 0)
  --faults <json|path>  a fault rule, or a list of them, as JSON or in a file:
                        '{"match":{"path":"/v1/chat/completions"},"every":3,"fault":{"status":503}}'
  --help                print this
  --version             print the version
`;

/** Reads the command's arguments. @throws CommandUsageError */
export function parseCommand(args: readonly string[]): Command {
  const values = parseValues(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  return {
    kind: 'serve',
    options: {
      ...(values.provider === undefined ? {} : { provider: toProvider(values.provider) }),
      ...(values.port === undefined ? {} : { port: toNumber('--port', values.port) }),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values.key === undefined ? {} : { apiKeys: values.key }),
      ...(values.latency === undefined ? {} : { latencyMs: toNumber('--latency', values.latency) }),
      ...(values['event-gap'] === undefined
        ? {}
        : { eventGapMs: toNumber('--event-gap', values['event-gap']) }),
    },
    rules: values.faults === undefined ? [] : readRules(values.faults),
  };
}

interface Values {
  readonly provider?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly key?: string[] | undefined;
  readonly latency?: string | undefined;
  readonly 'event-gap'?: string | undefined;
  readonly faults?: string | undefined;
  readonly help?: boolean | undefined;
  readonly version?: boolean | undefined;
}

function parseValues(args: readonly string[]): Values {
  try {
    return parseArgs({
      args: [...args],
      options: {
        provider: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        key: { type: 'string', multiple: true },
        latency: { type: 'string' },
        'event-gap': { type: 'string' },
        faults: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandUsageError(`${firstLine(error.message).replace(/\.?$/, '.')} Try --help.`, {
      cause: error,
    });
  }
}

function toProvider(name: string): ProviderName {
  if (isProviderName(name)) return name;
  throw new CommandUsageError(`--provider must be openai or mistral, not ${JSON.stringify(name)}.`);
}

function toNumber(flag: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new CommandUsageError(`${flag} must be a number, not ${JSON.stringify(text)}.`);
}

function readRules(given: string): FaultRule[] {
  const isJson = /^\s*[[{]/.test(given);
  const rules = parseRules(
    isJson ? given : readRulesFile(given),
    isJson ? '--faults' : `The file ${given} of --faults`,
  );
  return rules.map(checkRule);
}

function readRulesFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error.message) : String(error);
    throw new CommandUsageError(`The file of --faults cannot be read: ${reason}.`, {
      cause: error,
    });
  }
}

function parseRules(json: string, source: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandUsageError(`${source} is not valid JSON: ${firstLine(error.message)}.`, {
      cause: error,
    });
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
