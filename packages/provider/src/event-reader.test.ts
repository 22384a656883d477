import {
  AbortedError,
  ConnectionError,
  InvalidJsonError,
  ProtocolError,
  RateLimitError,
  ResponseTooLargeError,
  StreamIdleTimeoutError,
  StreamTruncatedError,
  TotalTimeoutError,
} from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import {
  BAD_JSON,
  COMMENT,
  DONE,
  ERROR_EVENT,
  failure,
  item,
  PING,
  ReaderHarness,
  watch,
} from './manual-response.test.support.ts';

function harness(options?: { idleTimeoutMs?: number }): ReaderHarness {
  return new ReaderHarness(options).handOver();
}

/** Takes items until the end; the error, if it ended in one. */
async function readAll({ reader }: ReaderHarness): Promise<{ items: number[]; error: unknown }> {
  const items: number[] = [];
  try {
    for (;;) {
      const result = await reader.next();
      if (result.done) return { items, error: undefined };
      items.push(result.value.n);
    }
  } catch (error) {
    return { items, error };
  }
}

describe('EventReader', () => {
  describe('items', () => {
    it('gives the items of a stream, then done', async () => {
      const h = harness();
      h.response
        .push(item(1))
        .push(item(2) + item(3))
        .push(DONE)
        .end();
      expect(await readAll(h)).toEqual({ items: [1, 2, 3], error: undefined });
      expect(await h.reader.next()).toEqual({ done: true, value: undefined });
      expect(h.reader.state).toBe('completed');
      expect(h.reader.events).toBe(3);
      expect(h.endings).toEqual(['completed']);
    });

    it('tells its state, head and the usage that was reported last', async () => {
      const h = harness();
      expect(h.reader.state).toBe('created');
      h.response.push(`data: {"n":1,"usage":{"inputTokens":1,"outputTokens":2}}\n\n`);
      h.response.push(`data: {"n":2,"usage":{"inputTokens":3,"outputTokens":4}}\n\n`);
      h.response.push(item(3) + DONE).end();
      await h.reader.next();
      expect(h.reader.state).toBe('reading');
      expect(h.reader.usage).toEqual({ inputTokens: 1, outputTokens: 2 });
      await readAll(h);
      expect(h.reader.usage).toEqual({ inputTokens: 3, outputTokens: 4 });
      expect(h.reader.requestId).toBe('req_1');
      expect(h.reader.head).toEqual({
        status: 200,
        headers: h.response.headers,
        url: h.response.url,
      });
    });

    it('ignores what comes after the end mark, in the same chunk and in later ones', async () => {
      const h = harness();
      h.response
        .push(item(1) + DONE + item(2) + ERROR_EVENT)
        .push(BAD_JSON)
        .end();
      expect(await readAll(h)).toEqual({ items: [1], error: undefined });
      await h.settle();
      expect(h.reader.state).toBe('completed');
      expect(h.reader.events).toBe(1);
    });

    it('reads nothing ahead', async () => {
      const h = harness();
      h.response
        .push(item(1) + item(2))
        .push(item(3))
        .push(DONE)
        .end();
      await h.settle();
      expect(h.response.pulls).toBe(0);
      await h.reader.next();
      await h.reader.next();
      await h.settle();
      expect(h.response.pulls).toBe(1);
      await h.reader.next();
      await h.settle();
      expect(h.response.pulls).toBe(2);
    });

    it('shows each item to its tap before the call that gets it, and none after the end', async () => {
      const h = harness();
      const seen: number[] = [];
      h.reader.tap(({ n }) => seen.push(n));
      h.response.push(item(1) + item(2));
      await h.reader.next();
      expect(seen).toEqual([1]);
      h.controller.abort();
      await failure(h.reader.next());
      expect(seen).toEqual([1]);
    });

    it('ends with a typed error when its tap throws', async () => {
      const h = harness();
      const broken = new TypeError('not what I counted on');
      h.reader.tap(({ n }) => {
        if (n === 2) throw broken;
      });
      h.response.push(item(1) + item(2) + item(3));
      await h.reader.next();
      const waiting = [h.reader.next(), h.reader.next()].map(failure);
      const [first, second] = await Promise.all(waiting);
      expect(first).toBeInstanceOf(ProtocolError);
      expect(first).toMatchObject({ cause: broken, requestId: 'req_1' });
      expect(second).toBe(first);
      expect(h.response.cancels).toEqual([first]);
      expect(h.endings).toEqual(['errored']);
      expect(h.listeners).toBe(0);
    });

    it('lets its tap end the stream', async () => {
      const h = harness();
      h.reader.tap(() => h.reader.cancel());
      h.response.push(item(1) + item(2));
      expect(await h.reader.next()).toEqual({ done: true, value: undefined });
      expect(h.endings).toEqual(['cancelled']);
    });
  });

  describe('calls of next that overlap', () => {
    it('gives items in the order of the calls, and one end to all that are left', async () => {
      const h = harness();
      const outcomes = [1, 2, 3, 4, 5].map(() => watch(h.reader.next()));
      h.response
        .push(item(1))
        .push(item(2) + item(3))
        .push(DONE)
        .end();
      await h.settle();
      expect(outcomes.map(({ value }) => value?.n)).toEqual([1, 2, 3, undefined, undefined]);
      expect(outcomes.slice(3)).toEqual([{ state: 'done' }, { state: 'done' }]);
      expect(h.endings).toEqual(['completed']);
    });

    it('lets no later call overtake, wherever it is made in the flow of microtasks', async () => {
      // The chunk arrives after a few microtasks, and the calls fall before, between and after.
      for (let place = 0; place < 12; place += 1) {
        const h = harness();
        const outcomes = [watch(h.reader.next()), watch(h.reader.next())];
        h.response.push(item(1) + item(2) + item(3));
        for (let turn = 0; turn < place; turn += 1) await Promise.resolve();
        outcomes.push(watch(h.reader.next()));
        await h.settle();
        expect(outcomes.map(({ value }) => value?.n)).toEqual([1, 2, 3]);
      }
    });

    it('fails all that wait with the same error', async () => {
      const h = harness();
      const outcomes = [1, 2, 3].map(() => watch(h.reader.next()));
      h.response.push(item(1) + ERROR_EVENT);
      await h.settle();
      expect(outcomes.map(({ state }) => state)).toEqual(['item', 'error', 'error']);
      expect(outcomes[2]?.error).toBe(outcomes[1]?.error);
      expect(h.endings).toEqual(['errored']);
    });
  });

  describe('ends that are no end', () => {
    it('is truncated when the connection ends without the end mark, after the items', async () => {
      const h = harness();
      h.response.push(item(1) + item(2)).end();
      const { items, error } = await readAll(h);
      expect(items).toEqual([1, 2]);
      expect(error).toBeInstanceOf(StreamTruncatedError);
      expect(error).toMatchObject({
        requestId: 'req_1',
        status: 200,
        message: expect.stringMatching(/^acme items\.stream: .* after 2 events/),
      });
      expect(h.endings).toEqual(['errored']);
      expect(h.errors).toEqual([error]);
      expect(h.response.cancels).toEqual([error]);
    });

    it('is truncated when half an event stands at the end', async () => {
      const h = harness();
      h.response.push(`${item(1)}data: {"n":`).end();
      const { items, error } = await readAll(h);
      expect(items).toEqual([1]);
      expect(error).toBeInstanceOf(StreamTruncatedError);
      expect(error).toMatchObject({ cause: expect.any(InvalidJsonError) });
    });

    it('is truncated when the decoder chokes on half an event in its own way', async () => {
      const h = harness();
      h.response.push(`${item(1)}data: null`).end();
      const { items, error } = await readAll(h);
      expect(items).toEqual([1]);
      expect(error).toBeInstanceOf(StreamTruncatedError);
    });

    it('takes an end mark that only lacks its blank line', async () => {
      const h = harness();
      h.response.push(`${item(1)}data: [DONE]`).end();
      expect(await readAll(h)).toEqual({ items: [1], error: undefined });
    });

    it('gives the error of an event that only lacks its blank line', async () => {
      const h = harness();
      h.response.push(item(1) + ERROR_EVENT.trimEnd()).end();
      expect((await readAll(h)).error).toBeInstanceOf(RateLimitError);
    });

    it('gives bad JSON in the middle its own error, after the items before it', async () => {
      const h = harness();
      h.response.push(item(1) + item(2) + BAD_JSON + item(3) + DONE).end();
      const { items, error } = await readAll(h);
      expect(items).toEqual([1, 2]);
      expect(error).toBeInstanceOf(InvalidJsonError);
    });

    it('gives the error that an event carries, after the items before it', async () => {
      const h = harness();
      h.response.push(item(1) + item(2) + ERROR_EVENT + item(3) + DONE).end();
      const { items, error } = await readAll(h);
      expect(items).toEqual([1, 2]);
      expect(error).toBeInstanceOf(RateLimitError);
      await expect(h.reader.next()).rejects.toBe(error);
    });

    it('passes on the typed error of a transport', async () => {
      const h = harness();
      const reason = new ConnectionError('reset');
      h.response.push(item(1)).break(reason);
      expect(await readAll(h)).toEqual({ items: [1], error: reason });
    });

    it('makes a connection error of what a transport throws otherwise', async () => {
      const h = harness();
      const cause = new TypeError('terminated');
      h.response.push(item(1)).break(cause);
      const { items, error } = await readAll(h);
      expect(items).toEqual([1]);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ cause, requestId: 'req_1', retryable: true });
    });

    it('makes a protocol error of what a decoder throws otherwise', async () => {
      const h = harness();
      h.response.push(`${item(1)}data: null\n\n`);
      const { items, error } = await readAll(h);
      expect(items).toEqual([1]);
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error).toMatchObject({ code: 'protocol', cause: expect.any(TypeError) });
    });

    it('fails on an event that is too long', async () => {
      const h = harness();
      h.response.push(item(1));
      for (let part = 0; part < 18; part += 1) h.response.push('x'.repeat(1024 * 1024));
      const { items, error } = await readAll(h);
      expect(items).toEqual([1]);
      expect(error).toBeInstanceOf(ResponseTooLargeError);
      expect(h.response.cancels).toEqual([error]);
    });
  });

  describe('silence', () => {
    it('is an error once somebody has waited for the idle timeout', async () => {
      const h = harness();
      h.response.push(item(1));
      await h.reader.next();
      const outcome = watch(h.reader.next());
      await h.clock.advance(999);
      expect(outcome.state).toBe('pending');
      await h.clock.advance(1);
      expect(outcome.error).toBeInstanceOf(StreamIdleTimeoutError);
      expect(outcome.error).toMatchObject({
        requestId: 'req_1',
        message: expect.stringMatching(/1000 ms after 1 events/),
      });
      expect(h.response.cancels).toEqual([outcome.error]);
      expect(h.endings).toEqual(['errored']);
      expect(h.clock.pending).toBe(0);
      expect(h.listeners).toBe(0);
    });

    it('is counted in items: neither comments nor events without meaning end it', async () => {
      const h = harness();
      const outcome = watch(h.reader.next());
      for (let time = 0; time < 9; time += 1) {
        h.response.push(time % 2 === 0 ? COMMENT : PING);
        await h.clock.advance(100);
      }
      expect(outcome.state).toBe('pending');
      h.response.push(COMMENT);
      await h.clock.advance(100);
      expect(outcome.error).toBeInstanceOf(StreamIdleTimeoutError);
    });

    it('begins again after each item', async () => {
      const h = harness();
      const outcomes = [watch(h.reader.next()), watch(h.reader.next())];
      await h.clock.advance(900);
      h.response.push(item(1));
      await h.clock.advance(999);
      expect(outcomes.map(({ state }) => state)).toEqual(['item', 'pending']);
      await h.clock.advance(1);
      expect(outcomes[1]?.error).toBeInstanceOf(StreamIdleTimeoutError);
    });

    it('is never the fault of a slow consumer', async () => {
      const h = harness();
      await h.clock.advance(10_000);
      h.response.push(item(1) + item(2));
      await h.reader.next();
      expect(h.clock.pending).toBe(0);
      await h.clock.advance(10_000);
      await h.reader.next();
      await h.clock.advance(10_000);
      h.response.push(DONE).end();
      expect(await h.reader.next()).toEqual({ done: true, value: undefined });
      expect(h.endings).toEqual(['completed']);
    });

    it.each([0, Number.POSITIVE_INFINITY])('has no limit of %s', async (idleTimeoutMs) => {
      const h = harness({ idleTimeoutMs });
      const outcome = watch(h.reader.next());
      await h.settle();
      expect(h.clock.pending).toBe(0);
      await h.clock.advance(1e9);
      expect(outcome.state).toBe('pending');
    });
  });

  describe('abort', () => {
    it('ends a wait at once', async () => {
      const h = harness();
      const outcome = watch(h.reader.next());
      await h.settle();
      const reason = new Error('the user left');
      h.controller.abort(reason);
      expect(h.reader.state).toBe('errored');
      expect(h.response.cancels).toHaveLength(1);
      await h.settle();
      expect(outcome.error).toBeInstanceOf(AbortedError);
      expect(outcome.error).toMatchObject({
        cause: reason,
        message: expect.stringContaining('acme items.stream'),
      });
      expect(h.clock.pending).toBe(0);
      expect(h.listeners).toBe(0);
    });

    it('between items drops those that came already', async () => {
      const h = harness();
      h.response.push(item(1) + item(2));
      await h.reader.next();
      h.controller.abort();
      expect(await failure(h.reader.next())).toBeInstanceOf(AbortedError);
      expect(h.response.cancels).toHaveLength(1);
      expect(h.endings).toEqual(['errored']);
    });

    it('before the first item ends the stream', async () => {
      const h = harness();
      h.response.push(item(1));
      h.controller.abort();
      expect(await failure(h.reader.next())).toBeInstanceOf(AbortedError);
    });

    it('before the stream is handed over ends it too', async () => {
      const h = new ReaderHarness();
      h.response.push(item(1));
      await h.reader.waitForFirst();
      h.controller.abort();
      h.handOver();
      expect(await failure(h.reader.next())).toBeInstanceOf(AbortedError);
      expect(h.response.cancels).toHaveLength(1);
      expect(h.endings).toEqual(['errored']);
      expect(h.listeners).toBe(0);
    });

    it('with a reason of ours gives that', async () => {
      const h = harness();
      const reason = new TotalTimeoutError('too long');
      h.controller.abort(reason);
      expect(await failure(h.reader.next())).toBe(reason);
    });

    it('after the end changes nothing', async () => {
      const h = harness();
      h.response.push(item(1) + DONE).end();
      await readAll(h);
      h.controller.abort();
      expect(await h.reader.next()).toEqual({ done: true, value: undefined });
      expect(h.reader.state).toBe('completed');
      expect(h.endings).toEqual(['completed']);
      expect(h.response.cancels).toEqual([]);
    });
  });

  describe('leaving', () => {
    it('closes the response once, and gives done from then on', async () => {
      const h = harness();
      h.response.push(item(1) + item(2));
      await h.reader.next();
      h.reader.cancel();
      h.reader.cancel();
      h.reader.fail(new Error('late'));
      expect(h.response.cancels).toEqual([undefined]);
      expect(await h.reader.next()).toEqual({ done: true, value: undefined });
      expect(h.endings).toEqual(['cancelled']);
      expect(h.listeners).toBe(0);
    });

    it('ends a wait', async () => {
      const h = harness();
      const outcome = watch(h.reader.next());
      await h.settle();
      h.reader.cancel();
      await h.settle();
      expect(outcome).toEqual({ state: 'done' });
      expect(h.clock.pending).toBe(0);
    });

    it('looks at nothing that was on its way', async () => {
      const h = harness();
      const outcome = watch(h.reader.next());
      await h.settle();
      h.response.push(item(1));
      h.reader.cancel();
      await h.settle();
      expect(outcome).toEqual({ state: 'done' });
      expect(h.reader.events).toBe(0);
    });
  });

  describe('an item that ends the stream', () => {
    const last = (how: 'whole' | 'failed'): string => `data: {"n":2,"last":"${how}"}\n\n`;

    it('is given, then done; what comes after it is ignored', async () => {
      const h = harness();
      h.response.push(item(1) + last('whole') + item(3));
      expect(await readAll(h)).toEqual({ items: [1, 2], error: undefined });
      expect(h.endings).toEqual(['completed']);
    });

    it('is given before the error that it ends with', async () => {
      const h = harness();
      h.response.push(item(1) + last('failed') + item(3));
      const { items, error } = await readAll(h);
      expect(items).toEqual([1, 2]);
      expect(error).toBeInstanceOf(RateLimitError);
      expect(h.endings).toEqual(['errored']);
      expect(h.errors).toEqual([error]);
    });

    it('needs no end mark, and not even its blank line', async () => {
      const h = harness();
      h.response.push(item(1) + last('whole').trimEnd()).end();
      expect(await readAll(h)).toEqual({ items: [1, 2], error: undefined });
    });
  });

  describe('the connection after the end mark', () => {
    it('is read to its end, not cancelled', async () => {
      const h = harness();
      h.response.push(item(1) + DONE);
      await readAll(h);
      await h.settle();
      expect(h.clock.pending).toBe(1);
      h.response.push(COMMENT).end();
      await h.settle();
      expect(h.clock.pending).toBe(0);
      await h.clock.advance(10_000);
      expect(h.response.cancels).toEqual([]);
    });

    it('is cancelled after a second where it does not end', async () => {
      const h = harness();
      h.response.push(item(1) + DONE);
      await readAll(h);
      await h.clock.advance(999);
      expect(h.response.cancels).toEqual([]);
      await h.clock.advance(1);
      expect(h.response.cancels).toEqual([undefined]);
      expect(h.clock.pending).toBe(0);
      expect(h.reader.state).toBe('completed');
    });

    it('may break: the answer is complete', async () => {
      const h = harness();
      h.response.push(item(1) + DONE);
      await readAll(h);
      h.response.break(new Error('reset'));
      await h.settle();
      expect(h.clock.pending).toBe(0);
      expect(h.reader.state).toBe('completed');
      expect(h.response.cancels).toEqual([]);
    });
  });

  describe('waiting for the first item', () => {
    it('takes nothing and sets no timer', async () => {
      const h = new ReaderHarness();
      const waiting = h.reader.waitForFirst();
      await h.settle();
      expect(h.clock.pending).toBe(0);
      h.response.push(COMMENT + PING).push(item(1));
      await waiting;
      expect(h.response.pulls).toBe(2);
      expect(h.reader.state).toBe('created');
      expect(await h.handOver().reader.next()).toEqual({ done: false, value: { n: 1 } });
    });

    it.each([
      ['an error event', (h: ReaderHarness) => h.response.push(ERROR_EVENT), RateLimitError],
      ['an end without any event', (h: ReaderHarness) => h.response.end(), StreamTruncatedError],
      ['the end mark alone', (h: ReaderHarness) => h.response.push(DONE), ProtocolError],
      [
        'a broken connection',
        (h: ReaderHarness) => h.response.break(new Error('reset')),
        ConnectionError,
      ],
    ])('fails on %s and closes the response', async (_name, arrive, type) => {
      const h = new ReaderHarness();
      const failed = failure(h.reader.waitForFirst());
      arrive(h);
      expect(await failed).toBeInstanceOf(type);
      expect(h.response.cancels).toEqual([await failed]);
    });

    it('lets an error that follows items be met by the reader', async () => {
      const h = new ReaderHarness();
      h.response.push(item(1) + ERROR_EVENT);
      await h.reader.waitForFirst();
      expect(await h.handOver().reader.next()).toEqual({ done: false, value: { n: 1 } });
      expect(await failure(h.reader.next())).toBeInstanceOf(RateLimitError);
    });
  });

  describe('whenOver', () => {
    it.each([
      ['the end', (h: ReaderHarness) => void h.response.push(DONE).end(), true],
      ['an abort', (h: ReaderHarness) => h.controller.abort(), false],
      ['leaving', (h: ReaderHarness) => h.reader.cancel(), false],
      ['a failure', (h: ReaderHarness) => h.reader.fail(new Error('broken')), false],
    ])('resolves at %s, and afterwards', async (_name, end, read) => {
      const h = harness();
      let over = 0;
      void h.reader.whenOver().then(() => (over += 1));
      await h.settle();
      expect(over).toBe(0);
      end(h);
      if (read) await readAll(h);
      await h.settle();
      expect(over).toBe(1);
      await h.reader.whenOver();
    });
  });
});
