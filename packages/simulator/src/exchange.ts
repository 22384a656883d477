import type { IncomingMessage, ServerResponse } from 'node:http';
import { corsHeaders } from './cors.ts';
import { breakJson, writeEventStream } from './event-stream-writer.ts';
import { faultForRequest } from './fault-for-request.ts';
import type { FaultRules } from './fault-rules.ts';
import type { Fault } from './fault.ts';
import { isForm, withoutBytes } from './form-data.ts';
import type { OpenJournalEntry } from './journal.ts';
import { isJsonObject } from './json-value.ts';
import { monotonicNow } from './monotonic-time.ts';
import type { Protocol } from './protocol.ts';
import type { RateLimitLedger } from './rate-limit-ledger.ts';
import { type Refusal, RequestRefused } from './refusal.ts';
import type { EventStreamReply, Reply } from './reply.ts';
import { parseBody, readBody, UnreadableBody } from './request-body.ts';
import { findRoute } from './router.ts';
import type { SimulatorSettings } from './simulator-options.ts';
import { Transmission } from './transmission.ts';

/** What all exchanges of one simulator share. */
export interface ExchangeContext {
  readonly settings: SimulatorSettings;
  readonly protocol: Protocol;
  readonly rules: FaultRules;
  readonly ledger: RateLimitLedger;
}

const JSON_TYPE = 'application/json';
const HTML_TYPE = 'text/html; charset=utf-8';
const EVENT_STREAM_TYPE = 'text/event-stream; charset=utf-8';
const HTML_PAGE =
  '<!doctype html>\n<html><head><title>Gateway</title></head><body><h1>This is not the API.</h1></body></html>\n';

/** One request and its response, from the first byte read to the last one written. */
export class Exchange {
  readonly #context: ExchangeContext;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #entry: OpenJournalEntry;
  readonly #signal: AbortSignal;
  readonly #startedAt = monotonicNow();
  readonly #caller: string;
  #fault: Fault = {};
  #tokens = 0;
  #out: Transmission;

  constructor(
    context: ExchangeContext,
    request: IncomingMessage,
    response: ServerResponse,
    entry: OpenJournalEntry,
    signal: AbortSignal,
  ) {
    this.#context = context;
    this.#request = request;
    this.#response = response;
    this.#entry = entry;
    this.#signal = signal;
    this.#caller = context.protocol.identify(request.headers);
    this.#out = new Transmission(response, signal, undefined);
  }

  /** Answers the request. @throws TransmissionEnded if there is no one left to answer */
  async run(): Promise<void> {
    if (this.#context.settings.cors && this.#entry.method === 'OPTIONS')
      return this.#answerPreflight();
    try {
      const bytes = await readBody(this.#request, this.#context.settings.maxBodyBytes);
      await this.#answer(bytes);
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      await this.#refuse(error.refusal);
    }
  }

  async #answer(bytes: Buffer): Promise<void> {
    const contentType = this.#request.headers['content-type'];
    const body = await tryParse(bytes, contentType);
    if (this.#context.settings.recordBodies && body.ok)
      this.#entry.body = isForm(contentType) ? withoutBytes(body.value) : body.value;
    const fields = body.ok && isJsonObject(body.value) ? body.value : {};
    this.#takeFault(fields['model']);
    const fault = this.#fault;
    await this.#out.pause(fault.latencyMs ?? this.#context.settings.latencyMs);
    if (fault.reset === 'beforeHeaders') return this.#out.reset();
    if (await this.#answerInstead(fault, fields['stream'] === true)) return;
    await this.#reply(await this.#handle(body));
  }

  #takeFault(model: unknown): void {
    const { method, path } = this.#entry;
    const target = { method, path, model: typeof model === 'string' ? model : undefined };
    const fault = faultForRequest(this.#request.headers, this.#context.rules, target);
    if (fault === undefined) return;
    this.#fault = fault;
    this.#entry.fault = fault;
    const pieceBytes = fault.byteByByte === true ? 1 : fault.chunkBytes;
    this.#out = new Transmission(this.#response, this.#signal, pieceBytes);
  }

  /** Sends what a fault puts in place of any answer, and tells whether it did. */
  async #answerInstead(fault: Fault, streams: boolean): Promise<boolean> {
    const { ledger } = this.#context;
    if (
      fault.status === undefined &&
      fault.redirect === undefined &&
      fault.html === undefined &&
      fault.emptyBody === undefined
    ) {
      return false;
    }
    ledger.record(this.#caller, 0);
    if (fault.status !== undefined) await this.#refuse(...refusalOf(fault, fault.status));
    else if (fault.redirect !== undefined) {
      await this.#send(fault.redirect.status, JSON_TYPE, '', { location: fault.redirect.location });
    } else if (fault.html === true) await this.#send(200, HTML_TYPE, HTML_PAGE);
    else await this.#send(200, streams ? EVENT_STREAM_TYPE : JSON_TYPE, '');
    return true;
  }

  async #handle(body: ParsedBody): Promise<Reply> {
    const { protocol, ledger } = this.#context;
    const { method, path, query } = this.#entry;
    const match = findRoute(protocol.routes, method, path);
    if (match.kind === 'unknown') {
      throw new RequestRefused(protocol.unknownPath(method, path));
    }
    if (match.kind === 'wrong_method') {
      const allow = match.allowed.join(', ');
      throw new RequestRefused({
        status: 405,
        message: `${path} takes ${allow}, not ${method}.`,
        headers: { allow },
      });
    }
    if (match.route.isPublic !== true) protocol.authenticate(this.#caller);
    if (!body.ok) throw new RequestRefused(protocol.unreadableBody(body.problem));
    // Before the work too: what is refused for its number changes nothing.
    this.#enforceLimits(0);
    const reply = await match.route.handle({
      method,
      path,
      query: new URLSearchParams(query),
      headers: this.#request.headers,
      body: body.value,
      params: match.params,
    });
    this.#enforceLimits(reply.tokens);
    ledger.record(this.#caller, reply.tokens);
    this.#tokens = reply.tokens;
    return reply;
  }

  /** @throws RequestRefused when one more request of so many tokens would be too many */
  #enforceLimits(tokens: number): void {
    const { protocol, settings, ledger } = this.#context;
    if (!settings.enforceRateLimits) return;
    const exceeded = ledger.exceeded(this.#caller, tokens);
    if (exceeded === undefined) return;
    throw new RequestRefused(
      protocol.rateLimitRefusal(exceeded, ledger.state(this.#caller), tokens),
    );
  }

  async #reply(reply: Reply): Promise<void> {
    if (reply.kind === 'events' && this.#fault.jsonInsteadOfStream === undefined)
      return this.#stream(reply);
    if (reply.kind === 'binary') return this.#send(200, reply.contentType, reply.content);
    if (reply.kind === 'empty') return this.#sendNothing();
    const text = JSON.stringify(reply.body);
    await this.#send(
      (reply.kind === 'json' ? reply.status : undefined) ?? 200,
      JSON_TYPE,
      this.#fault.malformedJson === undefined ? text : breakJson(text),
    );
  }

  async #refuse(refusal: Refusal, kind: BodyKind = 'json'): Promise<void> {
    const { protocol } = this.#context;
    const headers = refusal.headers ?? {};
    if (kind === 'empty') return this.#send(refusal.status, JSON_TYPE, '', headers);
    if (kind === 'html') return this.#send(refusal.status, HTML_TYPE, HTML_PAGE, headers);
    if (kind === 'binary')
      return this.#send(refusal.status, 'application/octet-stream', noise(), headers);
    const text = JSON.stringify(refusal.body ?? protocol.errorBody(refusal));
    const broken = this.#fault.malformedJson !== undefined;
    await this.#send(refusal.status, JSON_TYPE, broken ? breakJson(text) : text, headers);
  }

  async #sendNothing(): Promise<void> {
    this.#sendHead(204, undefined, {});
    if (this.#fault.reset === 'afterHeaders') return this.#out.reset();
    if (this.#fault.headersThenStall === true) return this.#out.stall();
    await this.#out.end();
  }

  /** Sends a whole body, or as much as the fault lets through. */
  async #send(
    status: number,
    contentType: string,
    content: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const length = { 'content-length': String(Buffer.byteLength(content)) };
    this.#sendHead(status, contentType, { ...headers, ...length });
    if (this.#fault.reset === 'afterHeaders') return this.#out.reset();
    if (this.#fault.headersThenStall === true) return this.#out.stall();
    await this.#out.end(content);
  }

  async #stream(reply: EventStreamReply): Promise<void> {
    this.#sendHead(200, EVENT_STREAM_TYPE, { 'cache-control': 'no-cache' });
    if (this.#fault.reset === 'afterHeaders') return this.#out.reset();
    const { protocol, settings } = this.#context;
    const { errorEvent: fault } = this.#fault;
    const toEvent = reply.errorEvent ?? ((body) => ({ data: JSON.stringify(body) }));
    await writeEventStream(this.#out, {
      events: reply.events,
      terminator: reply.terminator,
      errorEvent:
        fault === undefined
          ? undefined
          : toEvent(fault.body ?? protocol.errorBody({ status: 500, ...fault.error })),
      eventGapMs: settings.eventGapMs,
      fault: this.#fault,
    });
  }

  async #answerPreflight(): Promise<void> {
    const asked = this.#request.headers['access-control-request-headers'];
    this.#sendHead(204, undefined, {
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': asked ?? '*',
      'access-control-max-age': '600',
    });
    await this.#out.end();
  }

  #sendHead(
    status: number,
    contentType: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): void {
    const { protocol, ledger, settings } = this.#context;
    const usual = protocol.responseHeaders({
      requestId: this.#entry.requestId,
      processingMs: Math.round(monotonicNow() - this.#startedAt),
      limits: ledger.state(this.#caller),
      tokens: this.#tokens,
    });
    this.#out.sendHead(status, {
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...usual,
      ...(settings.cors ? corsHeaders(Object.keys(usual)) : {}),
      ...headers,
      ...faultHeaders(this.#fault),
    });
    this.#entry.status = status;
  }
}

type BodyKind = 'json' | 'empty' | 'html' | 'binary';

/** What a fault with a status refuses with, and how that is laid out. */
function refusalOf({ error, body = 'json' }: Fault, status: number): [Refusal, BodyKind] {
  if (isJsonObject(body)) return [{ status, body }, 'json'];
  return [{ status, ...error }, body];
}

type ParsedBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** A body that cannot be read is refused only after the faults, which come first. */
async function tryParse(bytes: Buffer, contentType: string | undefined): Promise<ParsedBody> {
  try {
    return { ok: true, value: await parseBody(bytes, contentType) };
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    return { ok: false, problem: error.message };
  }
}

function faultHeaders(fault: Fault): Record<string, string> {
  const { wrongContentType } = fault;
  return {
    ...(wrongContentType === undefined
      ? {}
      : {
          'content-type':
            wrongContentType === true ? 'text/plain; charset=utf-8' : wrongContentType,
        }),
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
    ...(fault.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(fault.retryAfterMs) }),
    ...Object.fromEntries(
      Object.entries(fault.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  };
}

/** Every byte value once: neither text nor JSON. */
function noise(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, index) => 255 - index);
}
