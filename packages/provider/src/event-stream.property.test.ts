import { getEventListeners } from 'node:events';
import type { IntegrationError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStream } from './event-stream.ts';
import {
  BAD_JSON,
  COMMENT,
  DONE,
  ERROR_EVENT,
  type Item,
  item,
  type Outcome,
  PING,
  ReaderHarness,
  watch,
} from './manual-response.test.support.ts';

const encoder = new TextEncoder();

/** Cuts bytes at the given places, in any order and as often as one likes. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted(
    (a, b) => a - b,
  );
  return [0, ...at].map((start, index) => bytes.subarray(start, at[index]));
}

const noise = fc.constantFrom('', '', COMMENT, PING, 'id: 7\n\n', 'retry: 5\n', ':\n');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const text = fc.string({ unit: 'grapheme', maxLength: 6 });

const written = fc.record({
  texts: fc.array(fc.record({ text, before: noise }), { maxLength: 8 }),
  lineEnd,
  places: fc.array(fc.nat(2000), { maxLength: 12 }),
});

interface TextItem extends Item {
  readonly text: string;
}

function write(texts: readonly { text: string; before: string }[], end: string): string {
  const events = texts.map(
    ({ text, before }, n) => `${before}data: ${JSON.stringify({ n, text })}\n\n`,
  );
  return `${events.join('')}${DONE}`.replaceAll('\n', end);
}

async function readTexts(h: ReaderHarness): Promise<{ items: Item[]; code: string | undefined }> {
  const items: Item[] = [];
  try {
    for await (const value of new EventStream(h.reader)) items.push(value);
    return { items, code: undefined };
  } catch (error) {
    return { items, code: (error as IntegrationError).code };
  }
}

describe('EventStream, whatever its chunks', () => {
  it('gives the same items for every split of every spelling', async () => {
    await fc.assert(
      fc.asyncProperty(written, async ({ texts, lineEnd: end, places }) => {
        const h = new ReaderHarness().handOver();
        const bytes = encoder.encode(write(texts, end));
        for (const chunk of cut(bytes, places)) h.response.push(chunk);
        h.response.end();
        const expected: TextItem[] = texts.map(({ text: own }, n) => ({ n, text: own }));
        expect(await readTexts(h)).toEqual({ items: expected, code: undefined });
      }),
      { numRuns: 300 },
    );
  });

  it('gives the items before a cut, and calls the stream truncated', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.nat(), async ({ texts, lineEnd: end, places }, place) => {
        const h = new ReaderHarness().handOver();
        const whole = encoder.encode(write(texts, end));
        const marked = encoder.encode(write(texts, end).trimEnd()).length;
        const length = place % marked;
        for (const chunk of cut(whole.subarray(0, length), places)) h.response.push(chunk);
        h.response.end();
        const { items, code } = await readTexts(h);
        const expected: TextItem[] = texts.map(({ text: own }, n) => ({ n, text: own }));
        expect(items).toEqual(expected.slice(0, items.length));
        expect(code).toBe('stream_truncated');
        const terminated = new TextDecoder()
          .decode(whole.subarray(0, length))
          .replaceAll(end, '\n')
          .match(/^data: \{"n.*\n(?=\n)/gm);
        expect(items.length).toBeGreaterThanOrEqual(terminated?.length ?? 0);
      }),
      { numRuns: 300 },
    );
  });
});

const IDLE_MS = 1000;
const DRAIN_MS = 1000;

type Token =
  | { readonly kind: 'item'; readonly n: number }
  | { readonly kind: 'noise' | 'done' | 'error' | 'bad' | 'end' | 'broken' };

type Command =
  | { readonly kind: 'chunk'; readonly tokens: readonly Token['kind'][] }
  | { readonly kind: 'end' | 'break' | 'next' | 'cancel' | 'abort' }
  | { readonly kind: 'advance'; readonly ms: number };

const CODES: Partial<Record<Token['kind'], string>> = {
  error: 'rate_limit',
  bad: 'invalid_json',
  end: 'stream_truncated',
  broken: 'connection',
};

/**
 * What a stream should do, told as plainly as possible: a row of tokens, those who
 * wait for one, and at most one ending.
 */
class NaiveStream {
  now = 0;
  items = 0;
  sourceOpen = true;
  ending: string | undefined;
  cancels = 0;
  readonly answers: string[] = [];
  #unanswered = 0;
  #waitingSince = 0;
  #drainUntil: number | undefined;
  #tokens: Token[] = [];

  arrive(tokens: readonly Token[]): void {
    if (!this.sourceOpen) return;
    this.#tokens.push(...tokens);
    if (tokens.some(({ kind }) => kind === 'end' || kind === 'broken')) this.sourceOpen = false;
    this.#settle();
  }

  next(): void {
    if (this.#unanswered === 0) this.#waitingSince = this.now;
    this.#unanswered += 1;
    this.#settle();
  }

  leave(): void {
    this.#stop('cancelled');
  }

  abort(): void {
    this.#stop('aborted');
  }

  advance(ms: number): void {
    const target = this.now + ms;
    const idleAt = this.#waitingSince + IDLE_MS;
    if (this.ending === undefined && this.#unanswered > 0 && idleAt <= target) {
      this.#stop('stream_idle_timeout');
    }
    this.now = target;
    if (this.#drainUntil !== undefined && this.#drainUntil <= target) {
      this.#drainUntil = undefined;
      this.cancels += 1;
      this.sourceOpen = false;
    }
  }

  get timers(): number {
    if (this.ending === undefined) return this.#unanswered > 0 ? 1 : 0;
    return this.#drainUntil === undefined ? 0 : 1;
  }

  #settle(): void {
    while (this.ending === undefined && this.#unanswered > 0) {
      const token = this.#tokens.shift();
      if (token === undefined) return;
      if (token.kind === 'item') this.#answer(String(token.n));
      else if (token.kind === 'done') this.#complete();
      else if (token.kind !== 'noise') this.#stop(CODES[token.kind] ?? 'no code');
    }
    while (this.ending !== undefined && this.#unanswered > 0) this.#answer(this.ending);
    if (!this.sourceOpen) this.#drainUntil = undefined;
  }

  #answer(answer: string): void {
    this.answers.push(answer);
    this.#unanswered -= 1;
    this.#waitingSince = this.now;
  }

  #complete(): void {
    this.ending = 'completed';
    if (this.sourceOpen) this.#drainUntil = this.now + DRAIN_MS;
  }

  #stop(ending: string): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.cancels += 1;
    this.sourceOpen = false;
    this.#settle();
  }
}

/** The real stream, told the same things. */
class RealStream {
  readonly h: ReaderHarness = new ReaderHarness({ idleTimeoutMs: IDLE_MS }).handOver();
  readonly outcomes: Outcome[] = [];
  readonly #stream = new EventStream(this.h.reader);
  readonly #iterator = this.#stream[Symbol.asyncIterator]();

  next(): void {
    this.outcomes.push(watch(this.#iterator.next()));
  }

  cancel(): void {
    this.#stream.cancel();
  }

  get answers(): string[] {
    const answered = this.outcomes.filter(({ state }) => state !== 'pending');
    return answered.map((outcome) => {
      if (outcome.state === 'item') return String(outcome.value?.n);
      if (outcome.state === 'error') return (outcome.error as IntegrationError).code;
      return this.h.reader.state;
    });
  }

  get ending(): string | undefined {
    if (this.h.endings.length === 0) return undefined;
    return this.h.errors[0]?.code ?? this.h.endings[0];
  }
}

function spell(token: Token): string {
  switch (token.kind) {
    case 'item':
      return item(token.n);
    case 'done':
      return DONE;
    case 'error':
      return ERROR_EVENT;
    case 'bad':
      return BAD_JSON;
    default:
      return COMMENT + PING;
  }
}

const tokenKind = fc.oneof(
  { weight: 6, arbitrary: fc.constant('item' as const) },
  { weight: 2, arbitrary: fc.constant('noise' as const) },
  { weight: 1, arbitrary: fc.constantFrom('done' as const, 'error' as const, 'bad' as const) },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('chunk' as const),
      tokens: fc.array(tokenKind, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 7, arbitrary: fc.constant({ kind: 'next' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(1, 400, 999, 1000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('end' as const, 'break' as const, 'cancel' as const, 'abort' as const),
    }),
  },
);

/** Does to both what the command says. */
async function perform(does: Command, model: NaiveStream, real: RealStream): Promise<void> {
  const { response, controller, clock } = real.h;
  switch (does.kind) {
    case 'chunk': {
      if (!model.sourceOpen) return;
      const tokens = does.tokens.map((kind): Token =>
        kind === 'item' ? { kind, n: (model.items += 1) } : { kind },
      );
      response.push(tokens.map(spell).join(''));
      return model.arrive(tokens);
    }
    case 'end':
      if (model.sourceOpen) response.end();
      return model.arrive([{ kind: 'end' }]);
    case 'break':
      if (model.sourceOpen) response.break(new Error('reset'));
      return model.arrive([{ kind: 'broken' }]);
    case 'next':
      real.next();
      return model.next();
    case 'cancel':
      real.cancel();
      return model.leave();
    case 'abort':
      controller.abort();
      return model.abort();
    case 'advance':
      await clock.advance(does.ms);
      return model.advance(does.ms);
  }
}

describe('EventStream, whatever happens to it', () => {
  it('does what a naive model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const model = new NaiveStream();
        const real = new RealStream();
        for (const does of commands) {
          await perform(does, model, real);
          await real.h.settle();
          expect(real.answers).toEqual(model.answers);
          expect(real.ending).toBe(model.ending);
          expect(real.h.endings.length).toBeLessThanOrEqual(1);
          expect(real.h.clock.pending).toBe(model.timers);
          expect(real.h.listeners).toBe(model.ending === undefined ? 1 : 0);
          expect(real.h.response.cancels.length).toBe(model.cancels);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('ends once and leaves nothing, even where all of it happens in one turn', async () => {
    const step = fc.record({ does: command, settles: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const model = new NaiveStream();
        const real = new RealStream();
        for (const { does, settles } of steps) {
          await perform(does, model, real);
          if (settles) await real.h.settle();
        }
        real.cancel();
        real.next();
        await real.h.clock.advance(DRAIN_MS);
        const items = real.outcomes.filter(({ state }) => state === 'item');
        expect(items.map(({ value }) => value?.n)).toEqual(items.map((_item, index) => index + 1));
        const rest = real.outcomes.slice(items.length);
        expect(new Set(rest.map(({ state, error }) => `${state} ${String(error)}`)).size).toBe(1);
        expect(rest[0]?.state).not.toBe('pending');
        expect(real.h.endings).toHaveLength(1);
        expect(real.h.clock.pending).toBe(0);
        expect(getEventListeners(real.h.controller.signal, 'abort')).toHaveLength(0);
        expect(real.h.response.cancels.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });
});
