import type { Fault } from './fault.ts';
import type { ServerEvent } from './reply.ts';
import type { Transmission } from './transmission.ts';

/** A stream and what is to go wrong with it. */
export interface EventStream {
  readonly events: readonly ServerEvent[];
  readonly terminator: ServerEvent;
  /** The event an `errorEvent` fault sends. */
  readonly errorEvent: ServerEvent | undefined;
  /** Milliseconds between events if the fault does not say. */
  readonly eventGapMs: number;
  readonly fault: Fault;
}

/** Sends a stream's body, event by event, after the response's head. */
export async function writeEventStream(out: Transmission, stream: EventStream): Promise<void> {
  await new EventStreamWriter(out, stream).run();
}

class EventStreamWriter {
  readonly #out: Transmission;
  readonly #stream: EventStream;
  readonly #fault: Fault;
  readonly #newline: string;

  constructor(out: Transmission, stream: EventStream) {
    this.#out = out;
    this.#stream = stream;
    this.#fault = stream.fault;
    this.#newline = stream.fault.lineEnding ?? '\n';
  }

  async run(): Promise<void> {
    const { events, terminator, eventGapMs } = this.#stream;
    if (this.#fault.headersThenStall === true) return this.#stall();
    await this.#wait(this.#fault.firstEventDelayMs ?? 0);
    for (const [sent, event] of events.entries()) {
      if (await this.#endsAfter(sent)) return;
      if (sent > 0) await this.#wait(this.#fault.eventGapMs ?? eventGapMs);
      await this.#out.write(this.#encode(event, sent + 1));
    }
    if (await this.#endsAfter(events.length)) return;
    await (this.#fault.omitDone === true
      ? this.#out.end()
      : this.#out.end(this.#encode(terminator)));
  }

  /** Does what is due after `sent` events, and tells whether the stream is over by it. */
  async #endsAfter(sent: number): Promise<boolean> {
    const fault = this.#fault;
    if (fault.unknownEvent !== undefined && this.#isAt(sent, fault.unknownEvent.afterEvents)) {
      await this.#out.write(this.#encode(fault.unknownEvent));
    }
    if (this.#isAt(sent, fault.errorEvent?.afterEvents) && this.#stream.errorEvent !== undefined) {
      await this.#out.end(this.#encode(this.#stream.errorEvent));
    } else if (this.#isAt(sent, fault.stallAfterEvents)) {
      await this.#stall();
    } else if (this.#isAt(sent, fault.cutAfterEvents)) {
      await this.#out.end();
    } else if (this.#isAt(sent, fault.cutMidEvent)) {
      await this.#out.end(
        firstHalf(this.#encode(this.#stream.events[sent] ?? this.#stream.terminator)),
      );
    } else if (this.#isAt(sent, fault.resetAfterEvents)) {
      await this.#out.reset();
    } else {
      return false;
    }
    return true;
  }

  #isAt(sent: number, afterEvents: number | undefined): boolean {
    return afterEvents !== undefined && sent === Math.min(afterEvents, this.#stream.events.length);
  }

  async #stall(): Promise<void> {
    await (this.#fault.keepAliveCommentsMs === undefined
      ? this.#out.stall()
      : this.#wait(Infinity));
  }

  async #wait(ms: number): Promise<void> {
    const interval = this.#fault.keepAliveCommentsMs;
    if (interval === undefined) return this.#out.pause(ms);
    let left = ms;
    for (; left > interval; left -= interval) {
      await this.#out.pause(interval);
      await this.#out.write(`: keep-alive${this.#newline}${this.#newline}`);
    }
    await this.#out.pause(left);
  }

  #encode({ event, data }: ServerEvent, number?: number): string {
    const broken = number !== undefined && number === this.#brokenEvent();
    const lines = (broken ? breakJson(data) : data)
      .split(/\r\n|\r|\n/)
      .map((line) => `data: ${line}`);
    const named = event === undefined ? lines : [`event: ${event}`, ...lines];
    return `${named.join(this.#newline)}${this.#newline}${this.#newline}`;
  }

  #brokenEvent(): number | undefined {
    const { malformedJson } = this.#fault;
    if (malformedJson === undefined) return undefined;
    return malformedJson === true ? 1 : Math.min(malformedJson, this.#stream.events.length);
  }
}

/** JSON text that lost its second half. */
export function breakJson(json: string): string {
  return json.slice(0, Math.max(1, Math.floor(json.length / 2)));
}

function firstHalf(encoded: string): Uint8Array {
  const bytes = Buffer.from(encoded);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
