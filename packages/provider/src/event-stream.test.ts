import {
  AbortedError,
  ProtocolError,
  StreamTruncatedError,
  ValidationError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import type { EventReader } from './event-reader.ts';
import { EventStream } from './event-stream.ts';
import {
  DONE,
  failure,
  type Item,
  item,
  ReaderHarness,
  watch,
} from './manual-response.test.support.ts';

/** A stream that adds its items up, as those of providers do. */
class SumStream extends EventStream<Item> {
  readonly #sum: { value: number };

  constructor(reader: EventReader<Item>) {
    const sum = { value: 0 };
    super(reader, ({ n }) => {
      if (n === 13) throw new TypeError('no thirteen');
      sum.value += n;
    });
    this.#sum = sum;
  }

  get sum(): number {
    return this.#sum.value;
  }

  async finalSum(): Promise<number> {
    await this.finished();
    return this.#sum.value;
  }
}

function open(): ReaderHarness & { stream: SumStream } {
  const h = new ReaderHarness().handOver();
  return Object.assign(h, { stream: new SumStream(h.reader) });
}

async function collect(stream: AsyncIterable<Item>): Promise<number[]> {
  const items: number[] = [];
  for await (const { n } of stream) items.push(n);
  return items;
}

describe('EventStream', () => {
  it('can be passed on as lines of JSON', async () => {
    const h = open();
    h.response
      .push(item(1) + item(2))
      .push(DONE)
      .end();
    expect(await new Response(h.stream.toReadableStream()).text()).toBe('{"n":1}\n{"n":2}\n');
    expect(h.stream.sum).toBe(3);
    expect(() => h.stream.toReadableStream()).toThrow(ValidationError);
  });

  it('passes its error on, and is left by who leaves the lines', async () => {
    const failing = open();
    failing.response.push(item(1)).end();
    const text = new Response(failing.stream.toReadableStream()).text();
    await expect(text).rejects.toBeInstanceOf(StreamTruncatedError);
    const left = open();
    left.response.push(item(1));
    const reader = left.stream.toReadableStream().getReader();
    await reader.read();
    await reader.cancel();
    expect(left.stream.state).toBe('cancelled');
  });

  it('is read with for await', async () => {
    const h = open();
    h.response
      .push(item(1) + item(2))
      .push(DONE)
      .end();
    expect(h.stream.state).toBe('created');
    expect(await collect(h.stream)).toEqual([1, 2]);
    expect(h.stream.state).toBe('completed');
    expect(h.endings).toEqual(['completed']);
  });

  it('tells of its response', async () => {
    const h = open();
    expect(h.stream.requestId).toBe('req_1');
    expect(h.stream.status).toBe(200);
    expect(h.stream.headers).toBe(h.response.headers);
    expect(h.stream.tokenUsage).toBeUndefined();
    h.response.push('data: {"n":1,"usage":{"inputTokens":5,"outputTokens":6}}\n\n' + DONE).end();
    await collect(h.stream);
    expect(h.stream.tokenUsage).toEqual({ inputTokens: 5, outputTokens: 6 });
  });

  it('shows each item to the stream before the loop gets it', async () => {
    const h = open();
    h.response.push(item(1) + item(2) + DONE).end();
    const sums: number[] = [];
    for await (const { n } of h.stream) sums.push(n, h.stream.sum);
    expect(sums).toEqual([1, 1, 2, 3]);
  });

  it('throws the error that ended it', async () => {
    const h = open();
    h.response.push(item(1)).end();
    expect(await failure(collect(h.stream))).toBeInstanceOf(StreamTruncatedError);
    expect(h.stream.state).toBe('errored');
  });

  it('ends with a typed error when the stream itself chokes on an item', async () => {
    const h = open();
    h.response.push(item(1) + item(13) + item(2));
    const error = await failure(collect(h.stream));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ cause: expect.any(TypeError) });
    expect(h.response.cancels).toEqual([error]);
    expect(h.endings).toEqual(['errored']);
    expect(h.listeners).toBe(0);
    expect(await failure(h.stream.finalSum())).toBe(error);
  });

  it('cannot be read twice', async () => {
    const h = open();
    h.response.push(item(1) + DONE).end();
    await collect(h.stream);
    expect(await failure(collect(h.stream))).toBeInstanceOf(ValidationError);
    const cancelled = open();
    cancelled.stream.cancel();
    expect(() => cancelled.stream[Symbol.asyncIterator]()).toThrow(ValidationError);
  });

  describe('leaving early', () => {
    const ways: [string, (h: ReturnType<typeof open>) => Promise<void>][] = [
      [
        'break',
        async ({ stream }) => {
          for await (const { n } of stream) {
            expect(n).toBe(1);
            break;
          }
        },
      ],
      [
        'an error in the loop',
        async ({ stream }) => {
          const loop = async (): Promise<void> => {
            for await (const { n } of stream) throw new Error(`of the loop, at ${n}`);
          };
          expect(await failure(loop())).toMatchObject({ message: 'of the loop, at 1' });
        },
      ],
      ['cancel()', async ({ stream }) => stream.cancel()],
      [
        'return()',
        async ({ stream }) => {
          const items = stream[Symbol.asyncIterator]();
          await items.next();
          expect(await items.return?.()).toEqual({ done: true, value: undefined });
          expect(await items.next()).toEqual({ done: true, value: undefined });
        },
      ],
      [
        'await using',
        async ({ stream }) => {
          await using left = stream;
          expect(left.state).toBe('created');
        },
      ],
    ];

    it.each(ways)('by %s closes the response once', async (_name, leave) => {
      const h = open();
      h.response.push(item(1) + item(2));
      await leave(h);
      expect(h.stream.state).toBe('cancelled');
      h.stream.cancel();
      await h.stream[Symbol.asyncDispose]();
      expect(h.response.cancels).toEqual([undefined]);
      expect(h.endings).toEqual(['cancelled']);
      expect(h.listeners).toBe(0);
      await h.settle();
      expect(h.clock.pending).toBe(0);
    });

    it('gives done to those who wait', async () => {
      const h = open();
      const items = h.stream[Symbol.asyncIterator]();
      const outcome = watch(items.next());
      await h.settle();
      h.stream.cancel();
      await h.settle();
      expect(outcome.state).toBe('done');
    });

    it('after the end changes nothing', async () => {
      const h = open();
      h.response.push(item(1) + DONE).end();
      await collect(h.stream);
      h.stream.cancel();
      expect(h.stream.state).toBe('completed');
      expect(h.endings).toEqual(['completed']);
      expect(h.response.cancels).toEqual([]);
    });
  });

  describe('finished', () => {
    it('reads the stream where nobody does', async () => {
      const h = open();
      h.response
        .push(item(1) + item(2))
        .push(item(3) + DONE)
        .end();
      expect(await h.stream.finalSum()).toBe(6);
      expect(await h.stream.finalSum()).toBe(6);
    });

    it('can be asked several times at once', async () => {
      const h = open();
      const sums = Promise.all([h.stream.finalSum(), h.stream.finalSum()]);
      h.response.push(item(1) + item(2) + DONE).end();
      expect(await sums).toEqual([3, 3]);
    });

    it('waits for who reads', async () => {
      const h = open();
      const items = h.stream[Symbol.asyncIterator]();
      h.response.push(item(1) + item(2) + DONE).end();
      await items.next();
      let sum: number | undefined;
      const final = h.stream.finalSum().then((value) => (sum = value));
      await items.next();
      await h.settle();
      expect(sum).toBeUndefined();
      await items.next();
      expect(await final).toBe(3);
    });

    it('counts the last item where the calls of next overlap', async () => {
      const h = open();
      const items = h.stream[Symbol.asyncIterator]();
      const outcomes = Promise.all([items.next(), items.next(), items.next()]);
      const final = h.stream.finalSum();
      h.response.push(item(1) + item(2) + DONE).end();
      expect(await final).toBe(3);
      expect((await outcomes).map(({ done }) => done)).toEqual([false, false, true]);
    });

    it('may be asked after the end', async () => {
      const h = open();
      h.response.push(item(4) + DONE).end();
      await collect(h.stream);
      expect(await h.stream.finalSum()).toBe(4);
    });

    it('fails with the error that ends the stream, asked before and after', async () => {
      const h = open();
      const before = failure(h.stream.finalSum());
      h.response.push(item(1)).end();
      expect(await before).toBeInstanceOf(StreamTruncatedError);
      expect(await failure(h.stream.finalSum())).toBe(await before);
    });

    it('fails when the reader left, asked before and after', async () => {
      const h = open();
      const items = h.stream[Symbol.asyncIterator]();
      h.response.push(item(1) + item(2));
      await items.next();
      const before = failure(h.stream.finalSum());
      await items.return?.();
      expect(await before).toBeInstanceOf(AbortedError);
      expect(await before).toMatchObject({ requestId: 'req_1' });
      expect(await failure(h.stream.finalSum())).toBeInstanceOf(AbortedError);
    });

    it('fails at once on an abort between items, though nobody asks for the next', async () => {
      const h = open();
      const items = h.stream[Symbol.asyncIterator]();
      h.response.push(item(1) + item(2));
      await items.next();
      const final = failure(h.stream.finalSum());
      h.controller.abort();
      expect(await final).toBeInstanceOf(AbortedError);
    });

    it('fails on an abort before anybody read', async () => {
      const h = open();
      h.response.push(item(1));
      h.controller.abort();
      expect(await failure(h.stream.finalSum())).toBeInstanceOf(AbortedError);
    });
  });
});
