import { ResponseTooLargeError } from '@integrations/errors';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** The event's name; `message` where the stream gives none. */
  readonly event: string;
  /** The `data` fields, joined by line feeds. */
  readonly data: string;
  /** The event's own `id` field, which may be empty; undefined where it has none. */
  readonly id: string | undefined;
  /** Milliseconds to wait before connecting again, where the event says so. */
  readonly retry: number | undefined;
  /** False for an event that the end of the stream cut off before its blank line. */
  readonly terminated: boolean;
}

/** Settings of a `ServerSentEventParser`. */
export interface ServerSentEventParserOptions {
  /**
   * Longest event: its lines as they stand in the stream, without line ends. Counted
   * in UTF-16 units of the decoded text, which for ASCII are bytes and never more.
   *
   * @default 16777216 (16 MiB)
   */
  readonly maxEventBytes?: number;
}

const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;
const LINE_FEED = 10;
const SPACE = 32;
const DIGITS = /^\d+$/;

/**
 * Reads server-sent events from the chunks of a body, wherever those are cut:
 * inside a line, between CR and LF, within a character. Follows the WHATWG
 * rules, except that an event the stream's end cuts off is delivered, marked by
 * `terminated: false`. Takes time linear in its input.
 */
export class ServerSentEventParser {
  readonly #decoder = new TextDecoder();
  readonly #maxEventBytes: number;
  /** The pieces of a line whose end has not arrived, joined once when it does. */
  #pieces: string[] = [];
  #piecesLength = 0;
  /** A CR ended the last chunk: a LF at the start of the next belongs to it. */
  #skipLineFeed = false;
  #failure: ResponseTooLargeError | undefined;
  #data: string | undefined;
  /** The second and later `data` lines; most events have none. */
  #moreData: string[] = [];
  #event = '';
  #id: string | undefined;
  #retry: number | undefined;
  #eventLength = 0;

  constructor(options: ServerSentEventParserOptions = {}) {
    this.#maxEventBytes = options.maxEventBytes ?? DEFAULT_MAX_EVENT_BYTES;
  }

  /**
   * The events that this chunk completes.
   *
   * @throws ResponseTooLargeError when an event is longer than `maxEventBytes`; the parser is of no use after it.
   * Events that were complete before it in the same chunk are given first, and the next call throws.
   */
  push(chunk: Uint8Array): ServerSentEvent[] {
    if (this.#failure !== undefined) throw this.#failure;
    const events: ServerSentEvent[] = [];
    const text = this.#decoder.decode(chunk, { stream: true });
    try {
      if (text !== '') this.#read(text, events);
    } catch (error) {
      if (events.length === 0 || !(error instanceof ResponseTooLargeError)) throw error;
      this.#failure = error;
    }
    return events;
  }

  /**
   * The event that the end of the stream leaves without its blank line, if any.
   *
   * @throws ResponseTooLargeError when that event is longer than `maxEventBytes`.
   */
  end(): ServerSentEvent[] {
    if (this.#failure !== undefined) throw this.#failure;
    const events: ServerSentEvent[] = [];
    const rest = this.#decoder.decode();
    if (rest !== '') this.#read(rest, events);
    if (this.#pieces.length > 0) {
      const line = this.#joinPieces();
      this.#readLine(line, 0, line.length, events);
    }
    this.#skipLineFeed = false;
    this.#dispatch(events, false);
    return events;
  }

  /**
   * Both kinds of line end are searched ahead and remembered, so that a text
   * with one kind only is not searched again and again for the other.
   */
  #read(text: string, events: ServerSentEvent[]): void {
    let start = this.#skipLineFeed && text.charCodeAt(0) === LINE_FEED ? 1 : 0;
    this.#skipLineFeed = false;
    let lineFeed = text.indexOf('\n', start);
    let carriageReturn = text.indexOf('\r', start);
    while (lineFeed !== -1 || carriageReturn !== -1) {
      if (carriageReturn === -1 || (lineFeed !== -1 && lineFeed < carriageReturn)) {
        this.#endLine(text, start, lineFeed, events);
        start = lineFeed + 1;
        lineFeed = text.indexOf('\n', start);
        continue;
      }
      this.#endLine(text, start, carriageReturn, events);
      start = carriageReturn + 1;
      if (start === text.length) this.#skipLineFeed = true;
      if (start === lineFeed) {
        start += 1;
        lineFeed = text.indexOf('\n', start);
      }
      carriageReturn = text.indexOf('\r', start);
    }
    if (start < text.length) this.#keep(start === 0 ? text : text.slice(start));
  }

  #endLine(text: string, start: number, end: number, events: ServerSentEvent[]): void {
    if (this.#pieces.length === 0) {
      this.#readLine(text, start, end, events);
      return;
    }
    this.#keep(text.slice(start, end));
    const line = this.#joinPieces();
    this.#readLine(line, 0, line.length, events);
  }

  #keep(piece: string): void {
    this.#pieces.push(piece);
    this.#piecesLength += piece.length;
    this.#checkLength(this.#eventLength + this.#piecesLength);
  }

  #joinPieces(): string {
    const [first = ''] = this.#pieces;
    const line = this.#pieces.length === 1 ? first : this.#pieces.join('');
    this.#pieces = [];
    this.#piecesLength = 0;
    return line;
  }

  #readLine(text: string, start: number, end: number, events: ServerSentEvent[]): void {
    if (start === end) {
      this.#dispatch(events, true);
      return;
    }
    const length = this.#eventLength + (end - start);
    this.#checkLength(length);
    if (text.startsWith('data:', start) && end - start >= 5) {
      this.#addData(fieldValue(text, start + 5, end));
      this.#eventLength = length;
      return;
    }
    if (this.#readField(text.slice(start, end))) this.#eventLength = length;
  }

  /** Whether the line added to the event; comments and unknown fields add nothing. */
  #readField(line: string): boolean {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : fieldValue(line, colon + 1, line.length);
    if (name === 'data') this.#addData(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && DIGITS.test(value)) this.#retry = Number(value);
    else return false;
    return true;
  }

  #addData(value: string): void {
    if (this.#data === undefined) this.#data = value;
    else this.#moreData.push(value);
  }

  #checkLength(length: number): void {
    if (length <= this.#maxEventBytes) return;
    throw new ResponseTooLargeError(
      `An event of the stream is longer than ${this.#maxEventBytes} bytes; raise maxEventBytes if such events are expected.`,
    );
  }

  #dispatch(events: ServerSentEvent[], terminated: boolean): void {
    if (this.#data !== undefined) {
      events.push({
        event: this.#event === '' ? 'message' : this.#event,
        data: this.#moreData.length === 0 ? this.#data : [this.#data, ...this.#moreData].join('\n'),
        id: this.#id,
        retry: this.#retry,
        terminated,
      });
      if (this.#moreData.length > 0) this.#moreData = [];
    }
    this.#data = undefined;
    this.#event = '';
    this.#id = undefined;
    this.#retry = undefined;
    this.#eventLength = 0;
  }
}

/** What follows the colon, without the one space that may stand there. */
function fieldValue(text: string, start: number, end: number): string {
  return text.slice(start < end && text.charCodeAt(start) === SPACE ? start + 1 : start, end);
}
