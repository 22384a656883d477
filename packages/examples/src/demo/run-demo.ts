import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isIntegrationError } from '@integrations/errors';
import { SimulatorError } from '@integrations/simulator';
import { systemClock } from '@integrations/types';
import { streamAnswer } from './answer.ts';
import { type DemoOptions, HELP, parseCommand } from './arguments.ts';
import { checkKey, connect, type Connection } from './connection.ts';
import { createView } from './create-view.ts';
import { embed, embedPassages, type RankedPassage } from './embedding-index.ts';
import { DemoFailure, Interruption, oneLine } from './failure.ts';
import { headerLines } from './header.ts';
import { type LiveView, MARGIN, type OutputStream } from './live-view.ts';
import { createPalette, hasColors, type Palette } from './palette.ts';
import { type Passage, splitPassages } from './passages.ts';
import { checkQuotes, insistOnQuotes, type QuoteCheck } from './quotes.ts';
import { ResilienceWatch } from './resilience-watch.ts';
import { sourceLines } from './sources.ts';
import { hintLines, summaryLines } from './summary.ts';
import { findRepository, MARKDOWN, readTextFiles, TEXT, type TextFiles } from './text-files.ts';
import { printable } from './text-width.ts';
import { Traffic } from './traffic.ts';
import { troubleLine } from './trouble.ts';

/** What the demo runs in. */
export interface Surroundings {
  readonly output: OutputStream;
  /** For the one line that says what went wrong. */
  readonly errors: { write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the demo wherever it is. */
  readonly stop: AbortSignal;
}

/** Runs the demo and gives its exit code: 0, 1 for a failure, 2 for wrong arguments, or the stop's own. */
export async function runDemo(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { output, errors, stop } = surroundings;
  try {
    const command = parseCommand(args);
    if (command.kind === 'run') await run(command.options, surroundings);
    else output.write(HELP);
    return 0;
  } catch (caught) {
    const error: unknown = stop.aborted ? stop.reason : caught;
    if (error instanceof Interruption) return error.exitCode;
    errors.write(`demo: ${printable(explain(error))}\n`);
    return error instanceof DemoFailure ? error.exitCode : 1;
  }
}

function explain(error: unknown): string {
  const isExpected =
    error instanceof DemoFailure || error instanceof SimulatorError || isIntegrationError(error);
  return isExpected ? oneLine(error) : `An unexpected failure: ${oneLine(error)}`;
}

async function run(
  options: DemoOptions,
  { output, environment, stop }: Surroundings,
): Promise<void> {
  checkKey(options, environment);
  const startedAt = systemClock.now();
  const texts = await readTexts(options, stop);
  const passages = texts.files.flatMap(splitPassages);
  if (passages.every(({ prose }) => prose === '')) {
    throw new DemoFailure(
      `${options.path ?? 'The repository'} has no sentences to quote: nothing but code or empty headings.`,
    );
  }
  const watch = options.faults
    ? new ResilienceWatch({
        stop,
        onTrouble: (trouble) => view.print([MARGIN + troubleLine(trouble, palette)]),
      })
    : undefined;
  const traffic = new Traffic(watch?.breakerChanged);
  const isTerminal = output.isTTY === true;
  const palette = createPalette(hasColors({ isTerminal, environment, wanted: options.color }));
  const view = createView(
    {
      output,
      palette,
      status: (activity) => ({
        activity,
        totals: traffic.totals,
        wait: watch?.wait,
        elapsedMs: systemClock.now() - startedAt,
      }),
    },
    environment['TERM'],
  );
  const connection = await connect(options, environment, { metrics: traffic, watch });
  try {
    const parts = { options, texts, passages, traffic, watch, palette, view, connection, stop };
    await new DemoRun(parts).run(startedAt);
  } finally {
    view.finish();
    await connection.close();
  }
}

function readTexts({ path }: DemoOptions, stop: AbortSignal): Promise<TextFiles> {
  if (path !== undefined) return readTextFiles(path, TEXT, stop);
  const here = dirname(fileURLToPath(import.meta.url));
  return readTextFiles(findRepository(here), MARKDOWN, stop);
}

interface DemoParts {
  readonly options: DemoOptions;
  readonly texts: TextFiles;
  readonly passages: readonly Passage[];
  readonly traffic: Traffic;
  readonly watch: ResilienceWatch | undefined;
  readonly palette: Palette;
  readonly view: LiveView;
  readonly connection: Connection;
  readonly stop: AbortSignal;
}

/** One question, from the passages to the verdict on its answer. */
class DemoRun {
  readonly #parts: DemoParts;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  async run(startedAt: number): Promise<void> {
    const { view, palette, options, passages, texts, traffic, watch } = this.#parts;
    this.#printHeader();
    const embeddingStartedAt = systemClock.now();
    const nearest = await this.#search();
    const embedding = systemClock.now() - embeddingStartedAt;
    const { check, firstToken } = await this.#answer(nearest);
    view.print([
      ...sourceLines({ passages: nearest, check }, view.columns, palette),
      ...summaryLines(
        {
          files: texts.files.length,
          passages: passages.length,
          totals: traffic.totals,
          resilience: watch?.totals,
          times: { embedding, firstToken, total: systemClock.now() - startedAt },
        },
        view.columns,
        palette,
      ),
      ...hintLines(options, palette),
    ]);
    // The simulator only quotes; a real model may put things in its own words.
    if (!options.live) insistOnQuotes(check);
  }

  #printHeader(): void {
    const { view, palette, options, passages, texts, connection } = this.#parts;
    const opening = {
      options,
      where: connection.where,
      files: texts.files.length,
      skipped: texts.skipped.length,
      passages: passages.length,
    };
    view.print(headerLines(opening, view.columns, palette));
  }

  /** The passages nearest to the question. */
  async #search(): Promise<RankedPassage[]> {
    const { view, options, passages, connection, stop } = this.#parts;
    const { client, makeCall } = connection;
    const settings = { client, makeCall, model: options.embeddingModel, signal: stop };
    const show = (done: number): void =>
      view.show({
        label: 'embedding',
        progress: { done, of: passages.length, unit: 'passages' },
      });
    show(0);
    const index = await embedPassages(passages, { ...settings, onProgress: show });
    const [question] = await embed([options.question], settings);
    view.finish();
    return question === undefined ? [] : index.nearest(question, options.top);
  }

  async #answer(
    nearest: readonly RankedPassage[],
  ): Promise<{ check: QuoteCheck; firstToken: number | undefined }> {
    const { view, palette, options, connection, stop } = this.#parts;
    const passages = nearest.map(({ passage }) => passage);
    const { chatModel: model, question } = options;
    const { client, makeCall, firstEventTimeout: timeout } = connection;
    view.show({ label: 'waiting for the first word' });
    const askedAt = systemClock.now();
    let firstToken: number | undefined;
    const answer = await streamAnswer(
      { client, makeCall, model, question, passages, timeout, signal: stop },
      (text) => {
        if (firstToken === undefined) {
          firstToken = systemClock.now() - askedAt;
          view.print(['', MARGIN + palette.title('Answer')]);
          view.show({ label: 'answering' });
        }
        view.answer(text);
      },
    );
    view.finish();
    if (answer.text.trim() === '') throw new DemoFailure('The model gave an answer without words.');
    if (answer.cutShort !== undefined) {
      view.print(['', `${MARGIN}The model stopped early: ${printable(answer.cutShort)}.`]);
    }
    return { check: checkQuotes(answer.text, passages), firstToken };
  }
}
