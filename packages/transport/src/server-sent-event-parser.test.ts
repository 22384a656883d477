import { ResponseTooLargeError } from '@integrations/errors';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ServerSentEvent, ServerSentEventParser } from './server-sent-event-parser.ts';

const encoder = new TextEncoder();

function parse(...pieces: (string | Uint8Array)[]): ServerSentEvent[] {
  const parser = new ServerSentEventParser();
  const events = pieces.flatMap((piece) =>
    parser.push(typeof piece === 'string' ? encoder.encode(piece) : piece),
  );
  return [...events, ...parser.end()];
}

function event(fields: Partial<ServerSentEvent>): ServerSentEvent {
  return {
    event: 'message',
    data: '',
    id: undefined,
    retry: undefined,
    terminated: true,
    ...fields,
  };
}

describe('ServerSentEventParser', () => {
  it.each([
    ['one line of data', 'data: hello\n\n', [event({ data: 'hello' })]],
    ['no space after the colon', 'data:hello\n\n', [event({ data: 'hello' })]],
    ['only the first space removed', 'data:  hello \n\n', [event({ data: ' hello ' })]],
    ['a tab is no space', 'data:\thello\n\n', [event({ data: '\thello' })]],
    ['several lines of data', 'data: a\ndata:\ndata: b\n\n', [event({ data: 'a\n\nb' })]],
    ['an empty data field', 'data:\n\n', [event({})]],
    ['a data field without colon', 'data\n\n', [event({})]],
    ['two of those', 'data\ndata\n\n', [event({ data: '\n' })]],
    ['a colon in the data', 'data: {"a":1}\n\n', [event({ data: '{"a":1}' })]],
    ['a name', 'event: done\ndata: x\n\n', [event({ event: 'done', data: 'x' })]],
    ['the last of two names', 'event: a\nevent: b\ndata\n\n', [event({ event: 'b' })]],
    ['an empty name', 'event: a\nevent:\ndata\n\n', [event({ event: 'message' })]],
    ['an id', 'id: 7\ndata: x\n\n', [event({ id: '7', data: 'x' })]],
    ['an empty id', 'id\ndata: x\n\n', [event({ id: '', data: 'x' })]],
    ['an id with NUL ignored', 'id: 7\nid: a\0b\ndata: x\n\n', [event({ id: '7', data: 'x' })]],
    ['a retry', 'retry: 2500\ndata\n\n', [event({ retry: 2500 })]],
    ['a retry that is no number', 'retry: 1.5\nretry: -1\nretry:\ndata\n\n', [event({})]],
    ['comments', ': ping\n:\ndata: x\n: pong\n\n', [event({ data: 'x' })]],
    ['only comments', ': ping\n\n: ping\n\n', []],
    ['unknown fields', 'dat: y\nDATA: y\n data: y\ndata2: y\ndata: x\n\n', [event({ data: 'x' })]],
    ['a name without data', 'event: lost\nid: 1\n\ndata: x\n\n', [event({ data: 'x' })]],
    ['blank lines', '\n\n\ndata: x\n\n\n\n', [event({ data: 'x' })]],
    ['CR', 'data: a\rdata: b\r\rdata: c\r\r', [event({ data: 'a\nb' }), event({ data: 'c' })]],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [event({ data: 'a' }), event({ data: 'b' })]],
    ['mixed line ends', 'data: a\r\ndata: b\rdata: c\n\r\n', [event({ data: 'a\nb\nc' })]],
    [
      'LF CR is two line ends',
      'data: a\n\rdata: b\n\n',
      [event({ data: 'a' }), event({ data: 'b' })],
    ],
    ['one BOM', '\uFEFFdata: x\n\n', [event({ data: 'x' })]],
    ['a second BOM is not one', '\uFEFF\uFEFFdata: x\n\n', []],
    ['a BOM in the middle', 'data: \uFEFFx\n\n', [event({ data: '\uFEFFx' })]],
    ['no blank line at the end', 'data: x\n', [event({ data: 'x', terminated: false })]],
    ['no line end at the end', 'data: a\ndata: x', [event({ data: 'a\nx', terminated: false })]],
    ['half an event without data', 'event: x\nid: 3', []],
    ['CR as the last byte', 'data: x\r\n\r', [event({ data: 'x' })]],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(parse(text)).toEqual(expected);
    const bytes = encoder.encode(text);
    expect(parse(...Array.from(bytes, (byte) => new Uint8Array([byte])))).toEqual(expected);
  });

  it('is not confused by CR and LF in separate chunks', () => {
    expect(parse('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual([event({ data: 'a\nb' })]);
    expect(parse('data: a\r', '\r', '\ndata: b\n\n')).toEqual([
      event({ data: 'a' }),
      event({ data: 'b' }),
    ]);
  });

  it('gives an event as soon as its blank line begins', () => {
    const parser = new ServerSentEventParser();
    expect(parser.push(encoder.encode('data: x\r\n'))).toEqual([]);
    expect(parser.push(encoder.encode('\r'))).toHaveLength(1);
    expect(parser.push(encoder.encode('\n'))).toEqual([]);
    expect(parser.end()).toEqual([]);
  });

  it('joins characters that chunks cut, and replaces broken ones', () => {
    const bytes = encoder.encode('data: né€🙂\n\n');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(parse(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([
        event({ data: 'né€🙂' }),
      ]);
    }
    expect(parse('data: ', new Uint8Array([0xff, 0xc3]))).toEqual([
      event({ data: '\uFFFD\uFFFD', terminated: false }),
    ]);
  });

  const lineText = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => text.replace(/[\r\n\0]/g, '~'));

  it('parses any events with any line ends, cut anywhere, to the same events', () => {
    const anyEvent = fc.record({
      event: fc.option(lineText.filter((text) => text !== '')),
      data: fc.array(lineText, { minLength: 1, maxLength: 4 }),
      id: fc.option(lineText),
      retry: fc.option(fc.nat()),
      comments: fc.array(lineText, { maxLength: 2 }),
    });
    const lineEnds = fc.infiniteStream(fc.constantFrom('\n', '\r\n', '\r'));
    const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 6 }),
        lineEnds,
        cuts,
        fc.boolean(),
        (events, ends, sizes, bom) => {
          const lines = events.flatMap((one) => [
            ...one.comments.map((comment) => `:${comment}`),
            ...(one.event === null ? [] : [`event: ${one.event}`]),
            ...(one.id === null ? [] : [`id: ${one.id}`]),
            ...one.data.map((line) => `data: ${line}`),
            ...(one.retry === null ? [] : [`retry: ${one.retry}`]),
            '',
          ]);
          // A CR before an empty line that ends in LF would be one line end, not two.
          let text = bom ? '\uFEFF' : '';
          let previous = '';
          for (const line of lines) {
            const drawn = ends.next().value;
            const end = line === '' && previous === '\r' && drawn === '\n' ? '\r' : drawn;
            text += line + end;
            previous = end;
          }
          const bytes = encoder.encode(text);
          const chunks: Uint8Array[] = [];
          let offset = 0;
          for (const size of sizes) {
            chunks.push(bytes.subarray(offset, offset + size));
            offset += size;
          }
          chunks.push(bytes.subarray(offset));
          expect(parse(...chunks)).toEqual(
            events.map((one) =>
              event({
                event: one.event ?? 'message',
                data: one.data.join('\n'),
                id: one.id ?? undefined,
                retry: one.retry ?? undefined,
              }),
            ),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never throws, and parses any bytes alike however they are cut', () => {
    const streamLike = fc.array(
      fc.oneof(
        fc.constantFrom('data', 'event', 'id', 'retry', ':', ' ', '\n', '\r', '\r\n', '\n\n', '7'),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(streamLike, fc.nat({ max: 200 }), (parts, cut) => {
        const bytes = encoder.encode(parts.join(''));
        const whole = parse(bytes);
        expect(parse(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(whole);
        expect(parse(...Array.from(bytes, (byte) => new Uint8Array([byte])))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  describe('maxEventBytes', () => {
    function outcome(maxEventBytes: number, ...pieces: string[]): number | string {
      const parser = new ServerSentEventParser({ maxEventBytes });
      try {
        const found = pieces.flatMap((piece) => parser.push(encoder.encode(piece)));
        return found.length + parser.end().length;
      } catch (error) {
        return (error as Error).name;
      }
    }

    it('is the longest event, however it is cut', () => {
      const text = `event: e\ndata: ${'x'.repeat(50)}\ndata: ${'y'.repeat(20)}\n\n`;
      const length = 8 + 56 + 26;
      for (const pieces of [[text], text.split(''), [text.slice(0, 40), text.slice(40)]]) {
        expect(outcome(length, ...pieces, ...pieces)).toBe(2);
        expect(outcome(length - 1, ...pieces)).toBe('ResponseTooLargeError');
      }
    });

    it('gives the events before it, and then throws', () => {
      const parser = new ServerSentEventParser({ maxEventBytes: 20 });
      const text = `data: first\n\ndata: ${'x'.repeat(50)}\n\n`;
      expect(parser.push(encoder.encode(text)).map(({ data }) => data)).toEqual(['first']);
      expect(() => parser.push(encoder.encode('data: more\n\n'))).toThrow(ResponseTooLargeError);
      expect(() => parser.end()).toThrow(ResponseTooLargeError);
    });

    it('stops a line that never ends, early', () => {
      const parser = new ServerSentEventParser({ maxEventBytes: 1000 });
      const chunk = encoder.encode('x'.repeat(100));
      let pushed = 0;
      expect(() => {
        for (; pushed < 100; pushed += 1) parser.push(chunk);
      }).toThrow(ResponseTooLargeError);
      expect(pushed).toBe(10);
    });

    it('stops many small lines of one event', () => {
      expect(outcome(1000, ...Array.from({ length: 300 }, () => 'data\n'))).toBe(
        'ResponseTooLargeError',
      );
    });

    it('does not count comments and finished events', () => {
      const comments = Array.from({ length: 500 }, () => ': keep alive\n');
      expect(outcome(100, ...comments, 'data: x\n\n')).toBe(1);
      expect(outcome(100, ...Array.from({ length: 500 }, () => 'data: x\n\n'))).toBe(500);
    });
  });

  describe('work', () => {
    /** Characters that searching and joining touch while `run` runs. */
    function countWork(run: () => void): number {
      let work = 0;
      const { indexOf } = String.prototype;
      const { join } = Array.prototype;
      const search = vi
        .spyOn(String.prototype, 'indexOf')
        .mockImplementation(function searchAndCount(this: string, text: string, from = 0): number {
          const found = indexOf.call(this, text, from);
          work += (found === -1 ? this.length : found) - from + 1;
          return found;
        });
      const joining = vi.spyOn(Array.prototype, 'join').mockImplementation(function joinAndCount(
        this: unknown[],
        separator?: string,
      ): string {
        const joined = join.call(this, separator);
        work += joined.length;
        return joined;
      });
      try {
        run();
      } finally {
        search.mockRestore();
        joining.mockRestore();
      }
      return work;
    }

    function byteByByte(text: string): () => void {
      return () => {
        const parser = new ServerSentEventParser();
        const byte = new Uint8Array(1);
        for (let index = 0; index < text.length; index += 1) {
          byte[0] = text.charCodeAt(index);
          parser.push(byte);
        }
        parser.end();
      };
    }

    function atOnce(text: string): () => void {
      return () => {
        const parser = new ServerSentEventParser();
        parser.push(encoder.encode(text));
        parser.end();
      };
    }

    it.each([
      ['one long line, byte by byte', byteByByte(`data: ${'x'.repeat(100_000)}\n\n`), 1e5],
      ['a chunk full of line feeds', atOnce('\n'.repeat(200_000)), 2e5],
      ['a chunk full of carriage returns', atOnce('\r'.repeat(200_000)), 2e5],
      ['CR only, with one LF far away', atOnce(`${'data: x\r\r'.repeat(20_000)}\n`), 1.8e5],
      ['LF only, with one CR far away', atOnce(`${'data: x\n\n'.repeat(20_000)}\r`), 1.8e5],
      ['CRLF throughout', atOnce('data: x\r\n\r\n'.repeat(20_000)), 2.2e5],
      ['one event of many lines', atOnce(`${'data: x\n'.repeat(20_000)}\n`), 1.6e5],
      ['comments', atOnce(': x\n'.repeat(40_000)), 1.6e5],
    ])('is linear for %s', (_what, run, size) => {
      const work = countWork(run);
      expect(work).toBeGreaterThan(size / 2);
      expect(work).toBeLessThan(size * 6);
    });
  });
});
