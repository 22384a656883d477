import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyStream } from './body-stream.ts';
import { rejection } from './local-servers.test.support.ts';

class Source {
  resumed = 0;
  closed = 0;

  resume(): void {
    this.resumed += 1;
  }

  close(): void {
    this.closed += 1;
  }
}

describe('BodyStream', () => {
  it('asks to pause at the limit and to go on below it', async () => {
    const source = new Source();
    const stream = new BodyStream(source, 10);
    expect(stream.push(new Uint8Array(4))).toBe(true);
    expect(stream.push(new Uint8Array(6))).toBe(false);
    expect(source.resumed).toBe(0);
    await stream.next();
    expect(source.resumed).toBe(1);
  });

  it('counts nothing against a reader who waits', async () => {
    const stream = new BodyStream(new Source(), 1);
    const waiting = stream.next();
    expect(stream.isAwaited).toBe(true);
    expect(stream.push(new Uint8Array(100))).toBe(true);
    expect((await waiting).value?.byteLength).toBe(100);
    expect(stream.isAwaited).toBe(false);
  });

  it('closes its source once, and not at all after the end', async () => {
    const left = new Source();
    const stream = new BodyStream(left, 10);
    stream.push(new Uint8Array(1));
    await stream.return();
    await stream.return();
    expect(left.closed).toBe(1);
    expect((await stream.next()).done).toBe(true);
    const complete = new Source();
    const whole = new BodyStream(complete, 10);
    whole.end();
    await whole.return();
    expect(complete.closed).toBe(0);
  });

  it('ends all waiting readers, the first with the error', async () => {
    const stream = new BodyStream(new Source(), 10);
    const first = rejection(stream.next());
    const second = stream.next();
    stream.fail(new Error('broken'));
    expect((await first).message).toBe('broken');
    expect((await second).done).toBe(true);
  });

  it('drops what has arrived when it is abandoned', async () => {
    const stream = new BodyStream(new Source(), 10);
    stream.push(new Uint8Array(1));
    stream.abandon({ error: new Error('enough') });
    expect((await rejection(stream.next())).message).toBe('enough');
    expect((await stream.next()).done).toBe(true);
  });

  it('gives every chunk once and in order, however pushing and reading alternate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (steps) => {
        const stream = new BodyStream(new Source(), 4);
        const reads: Promise<IteratorResult<Uint8Array, undefined>>[] = [];
        let pushed = 0;
        for (const isPush of steps) {
          if (isPush) {
            stream.push(new Uint8Array([pushed]));
            pushed += 1;
          } else reads.push(stream.next());
        }
        stream.end();
        while (reads.length < pushed + 1) reads.push(stream.next());
        const results = await Promise.all(reads);
        const chunks = results.flatMap((result) => (result.done ? [] : [result.value[0]]));
        expect(chunks).toEqual(Array.from({ length: pushed }, (_unused, index) => index));
        expect(results.at(-1)?.done).toBe(true);
      }),
    );
  });
});
