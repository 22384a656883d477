import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isIntegrationError } from '@integrations/errors';
import { combineMetrics } from '@integrations/metrics';
import { SimulatorError } from '@integrations/simulator';
import { systemClock } from '@integrations/types';
import { type DemoOptions, HELP, parseCommand } from './arguments.ts';
import { checkKey, connect } from './connection.ts';
import { createView } from './create-view.ts';
import { DemoRun } from './demo-run.ts';
import { DemoFailure, Interruption, oneLine } from './failure.ts';
import { MARGIN, type OutputStream } from './live-view.ts';
import { openMetricsEndpoint } from './metrics-endpoint.ts';
import { createPalette, hasColors } from './palette.ts';
import { splitPassages } from './passages.ts';
import { ResilienceWatch } from './resilience-watch.ts';
import { createSpanRecorder } from './span-recorder.ts';
import { endpointLines, hintLines } from './summary.ts';
import { findRepository, MARKDOWN, readTextFiles, TEXT, type TextFiles } from './text-files.ts';
import { printable } from './text-width.ts';
import { traceLines } from './trace-lines.ts';
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
  const spans = options.trace ? createSpanRecorder() : undefined;
  await using endpoint =
    options.metricsPort === undefined ? undefined : await openMetricsEndpoint(options.metricsPort);
  const connection = await connect(options, environment, {
    metrics: endpoint === undefined ? traffic : combineMetrics(traffic, endpoint.recorder),
    tracer: spans?.tracer,
    watch,
  });
  try {
    const parts = { options, texts, passages, traffic, watch, palette, view, connection, stop };
    await new DemoRun(parts).run(startedAt);
  } finally {
    view.finish();
    await connection.close();
    // Of a run that failed, the trace tells most.
    if (spans !== undefined && !stop.aborted) {
      view.print(traceLines(spans.trees(), view.columns, palette));
    }
  }
  view.print(hintLines(options, palette));
  if (endpoint === undefined) return;
  view.print(endpointLines(endpoint.url, palette));
  await untilEnded(stop);
}

/** Resolves when somebody ends the demo on purpose. @throws whatever else ends it */
async function untilEnded(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
  const reason: unknown = stop.reason;
  const isOnPurpose =
    reason instanceof Interruption && ['SIGINT', 'SIGTERM'].includes(reason.signal);
  if (!isOnPurpose) throw reason;
}

/** Records of what packages export: declarations, and nothing that answers a question. */
const RECORD = /(?:^|\/)api\.md$/;

async function readTexts({ path }: DemoOptions, stop: AbortSignal): Promise<TextFiles> {
  if (path !== undefined) return readTextFiles(path, TEXT, stop);
  const here = dirname(fileURLToPath(import.meta.url));
  const { files, skipped } = await readTextFiles(findRepository(here), MARKDOWN, stop);
  return { files: files.filter(({ path: file }) => !RECORD.test(file)), skipped };
}
