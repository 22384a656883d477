import { parseArgs } from 'node:util';
import { WrongUsage } from './failure.ts';

/** What the demo is to do. */
export interface DemoOptions {
  readonly question: string;
  /** Folder or file to read; without it, the Markdown of this repository. */
  readonly path: string | undefined;
  /** Passages that the answer is made from. */
  readonly top: number;
  /** Asks the real API in place of the simulator. */
  readonly live: boolean;
  /** Makes the simulator misbehave. */
  readonly faults: boolean;
  /** Shows the spans of all calls in the end. */
  readonly trace: boolean;
  /** Where metrics are served until somebody ends the demo; 0 for any free port, undefined for nowhere. */
  readonly metricsPort: number | undefined;
  /** The simulator's port; 0 for any free one. */
  readonly port: number;
  /** The key that is sent to the simulator. */
  readonly key: string;
  readonly chatModel: string;
  readonly embeddingModel: string;
  /** False when the user wants no colours, whatever the terminal can do. */
  readonly color: boolean;
}

/** What the arguments ask for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly options: DemoOptions };

const QUESTION = 'What happens when a stream is cut before its end?';
const MOST_PASSAGES = 50;
const HIGHEST_PORT = 65_535;

export const HELP: string = `Ask the documentation: finds the passages nearest to a question and quotes an answer from them.

Usage: npx -y pnpm@12 demo [options]

  --question TEXT         what to ask (default: ${QUESTION})
  --dir PATH              read *.md, *.markdown and *.txt below this folder, or one text file
                          (default: the Markdown files of this repository)
  --top K                 passages to answer from, 1 to ${MOST_PASSAGES} (default 5)
  --port N                the simulator's port; 0 takes a free one (default 0)
  --key VALUE             the key for the simulator, which refuses those that begin with "invalid"
  --faults                the simulator misbehaves on purpose; see how the client gets over it
  --trace                 show in the end what every call was made of, and how long each step took
  --metrics [PORT]        serve /metrics on this machine until Ctrl-C (default: a free port)
  --live                  ask the real API; needs OPENAI_API_KEY
  --chat-model NAME       the model that answers (default gpt-5-mini)
  --embedding-model NAME  the model that embeds (default text-embedding-3-small)
  --no-color              no colours, whatever the terminal can do
  --help                  print this
`;

/** Reads the demo's arguments. @throws WrongUsage */
export function parseCommand(args: readonly string[]): Command {
  const values = parseValues(args);
  if (values.help === true) return { kind: 'help' };
  const live = values.live ?? false;
  if (live) refuseSimulatorOptions(values);
  return {
    kind: 'run',
    options: {
      question: text('--question', values.question, QUESTION),
      path: values.dir === undefined ? undefined : text('--dir', values.dir, ''),
      top: wholeNumber('--top', values.top, 5, 1, MOST_PASSAGES),
      live,
      faults: values.faults ?? false,
      trace: values.trace ?? false,
      metricsPort:
        values.metrics === undefined
          ? undefined
          : wholeNumber('--metrics', values.metrics, 0, 0, HIGHEST_PORT),
      port: wholeNumber('--port', values.port, 0, 0, HIGHEST_PORT),
      key: text('--key', values.key, 'demo-key'),
      chatModel: text('--chat-model', values['chat-model'], 'gpt-5-mini'),
      embeddingModel: text(
        '--embedding-model',
        values['embedding-model'],
        'text-embedding-3-small',
      ),
      color: values['no-color'] !== true,
    },
  };
}

interface Values {
  readonly question?: string | undefined;
  readonly dir?: string | undefined;
  readonly top?: string | undefined;
  readonly port?: string | undefined;
  readonly key?: string | undefined;
  readonly live?: boolean | undefined;
  readonly faults?: boolean | undefined;
  readonly trace?: boolean | undefined;
  readonly metrics?: string | undefined;
  readonly 'chat-model'?: string | undefined;
  readonly 'embedding-model'?: string | undefined;
  readonly 'no-color'?: boolean | undefined;
  readonly help?: boolean | undefined;
}

function parseValues(args: readonly string[]): Values {
  try {
    return parseArgs({
      // Package managers differ in whether they pass their own `--` on.
      args: withFreePort(args[0] === '--' ? args.slice(1) : args),
      options: {
        question: { type: 'string' },
        dir: { type: 'string' },
        top: { type: 'string' },
        port: { type: 'string' },
        key: { type: 'string' },
        live: { type: 'boolean' },
        faults: { type: 'boolean' },
        trace: { type: 'boolean' },
        metrics: { type: 'string' },
        'chat-model': { type: 'string' },
        'embedding-model': { type: 'string' },
        'no-color': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new WrongUsage(`${explain(error.message)} Try --help.`, { cause: error });
  }
}

/** `--metrics` may stand alone, which `parseArgs` knows of no option with a value. */
function withFreePort(args: readonly string[]): string[] {
  return args.map((arg, at) =>
    arg === '--metrics' && !/^\d/.test(args[at + 1] ?? '') ? '--metrics=0' : arg,
  );
}

/** Only the first sentence is about this command; the others teach the syntax of all. */
function explain(message: string): string {
  const flag = /^Option '(?:-\w, )?(--[\w-]+).*' argument (?:is ambiguous|missing)/.exec(
    message,
  )?.[1];
  if (flag !== undefined) return `${flag} needs a value.`;
  const [sentence = ''] = message.split(/(?<=\.)\s|\n/, 1);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

function refuseSimulatorOptions({ port, key, faults }: Values): void {
  if (faults === true) {
    throw new WrongUsage('--faults are those of the simulator, which --live does not start.');
  }
  if (port !== undefined) {
    throw new WrongUsage('--port is the port of the simulator, which --live does not start.');
  }
  if (key !== undefined) {
    throw new WrongUsage(
      '--key is for the simulator; with --live the key comes from OPENAI_API_KEY.',
    );
  }
}

function text(flag: string, given: string | undefined, fallback: string): string {
  if (given === undefined) return fallback;
  if (given.trim() === '') throw new WrongUsage(`${flag} must not be empty.`);
  return given;
}

function wholeNumber(
  flag: string,
  given: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  if (given === undefined) return fallback;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new WrongUsage(
    `${flag} must be a whole number from ${least} to ${most}, not ${JSON.stringify(given)}.`,
  );
}
