import { systemClock } from '@integrations/types';
import { streamAnswer } from './answer.ts';
import type { DemoOptions } from './arguments.ts';
import type { Connection } from './connection.ts';
import { embed, embedPassages, type RankedPassage } from './embedding-index.ts';
import { DemoFailure } from './failure.ts';
import { headerLines } from './header.ts';
import { type LiveView, MARGIN } from './live-view.ts';
import type { Palette } from './palette.ts';
import type { Passage } from './passages.ts';
import { checkQuotes, insistOnQuotes, type QuoteCheck } from './quotes.ts';
import type { ResilienceWatch } from './resilience-watch.ts';
import { sourceLines } from './sources.ts';
import { summaryLines } from './summary.ts';
import type { TextFiles } from './text-files.ts';
import { printable } from './text-width.ts';
import type { Traffic } from './traffic.ts';

/** What a run is made from. */
export interface DemoParts {
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
export class DemoRun {
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
