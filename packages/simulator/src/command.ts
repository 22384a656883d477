import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  type CommandArguments,
  CommandUsageError,
  HELP,
  parseCommand,
} from './command-arguments.ts';
import { isJsonObject } from './json-value.ts';
import type { ProviderName } from './provider-name.ts';
import { requestLine } from './request-line.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { SimulatorError } from './simulator-error.ts';
import type { SimulatorOptions } from './simulator-options.ts';

/** Where the command writes its lines. */
export interface LineSink {
  write(text: string): unknown;
}

/** How a provider is called, and its variables of the environment. */
const PROVIDERS: Readonly<
  Record<ProviderName, { readonly title: string; readonly prefix: string }>
> = {
  openai: { title: 'OpenAI', prefix: 'OPENAI' },
  mistral: { title: 'Mistral', prefix: 'MISTRAL' },
};

const OK = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs the command until `stop` aborts, and gives its exit code: 0, 1 if it could not listen, 2 for wrong arguments. */
export async function runCommand(
  args: readonly string[],
  output: LineSink,
  errors: LineSink,
  stop: AbortSignal,
): Promise<number> {
  try {
    const command = parseCommand(args);
    if (command.kind === 'serve') return await serve(command, output, stop);
    output.write(command.kind === 'help' ? HELP : `${packageVersion()}\n`);
    return OK;
  } catch (error) {
    if (!(error instanceof CommandUsageError || error instanceof SimulatorError)) throw error;
    errors.write(`integrations-simulator: ${error.message}\n`);
    const wrongUsage =
      error instanceof CommandUsageError ||
      error.code === 'invalid_option' ||
      error.code === 'invalid_fault';
    return wrongUsage ? WRONG_USAGE : FAILED;
  }
}

async function serve(
  { options, rules }: CommandArguments,
  output: LineSink,
  stop: AbortSignal,
): Promise<number> {
  const simulator = await createSimulator({
    ...options,
    recordBodies: false,
    maxJournalEntries: 1,
    onRequestEnd: (entry) => output.write(`${requestLine(entry)}\n`),
  });
  try {
    for (const rule of rules) simulator.inject(rule);
    output.write(greeting(simulator, options));
    if (!stop.aborted) await once(stop, 'abort');
  } finally {
    await simulator.close();
  }
  return OK;
}

function greeting(
  { baseURL }: Simulator,
  { provider = 'openai', apiKeys }: SimulatorOptions,
): string {
  const { title, prefix } = PROVIDERS[provider];
  const key = apiKeys === undefined ? ` ${prefix}_API_KEY=test-key` : '';
  const variables = `${prefix}_BASE_URL=${baseURL}${key}`;
  return `Simulating ${title} at ${baseURL} (point a client at it with ${variables})\n`;
}

function packageVersion(): string {
  const description: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return isJsonObject(description) ? String(description['version']) : 'unknown';
}
