import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Exchange, type ExchangeContext } from './exchange.ts';
import type { FaultRule } from './fault-rule.ts';
import { FaultRules, type InjectedFault } from './fault-rules.ts';
import { Journal, type JournalEntry, type OpenJournalEntry, redactHeaders } from './journal.ts';
import { listen } from './listen.ts';
import { monotonicNow } from './monotonic-time.ts';
import { createMistralProtocol } from './mistral/mistral-protocol.ts';
import { createOpenAIProtocol } from './openai/openai-protocol.ts';
import type { Protocol } from './protocol.ts';
import type { ProviderName } from './provider-name.ts';
import { RateLimitLedger } from './rate-limit-ledger.ts';
import {
  resolveOptions,
  type SimulatorOptions,
  type SimulatorSettings,
} from './simulator-options.ts';
import { TransmissionEnded } from './transmission.ts';
import { epochMs } from './wall-time.ts';

/** A running simulator. */
export interface Simulator extends AsyncDisposable {
  /** The origin, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** What a client takes as its base URL: the origin, for OpenAI's with `/v1`. */
  readonly baseURL: string;
  readonly port: number;
  /** The latest requests, oldest first. */
  readonly requests: readonly JournalEntry[];
  /** How many connections are open. */
  readonly openSockets: number;
  /** Makes the matching requests go wrong. @throws SimulatorError `invalid_fault` that names the wrong field */
  inject(rule: FaultRule): InjectedFault;
  /** Takes out all injected faults. */
  clearFaults(): void;
  /** Empties the journal. */
  clearRequests(): void;
  /** Resolves when no request is being answered (a stalled one is) and no webhook is on its way. Rejects with the signal's reason. */
  waitForIdle(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Ends all answers, closes all connections and stops listening. Further calls give the same promise. */
  close(): Promise<void>;
}

/**
 * Starts a server on the local machine that answers as the providers do.
 *
 * @throws SimulatorError `invalid_option`, `port_in_use` or `listen_failed`
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new HttpSimulator(resolveOptions(options));
  await simulator.start();
  return simulator;
}

const PROTOCOLS: Readonly<Record<ProviderName, (settings: SimulatorSettings) => Protocol>> = {
  openai: createOpenAIProtocol,
  mistral: createMistralProtocol,
};

class HttpSimulator implements Simulator {
  readonly #settings: SimulatorSettings;
  readonly #context: ExchangeContext;
  readonly #journal: Journal;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #active = new Set<AbortController>();
  readonly #idleness = new EventEmitter().setMaxListeners(0);
  #address: AddressInfo | undefined;
  #closing: Promise<void> | undefined;

  constructor(settings: SimulatorSettings) {
    this.#settings = settings;
    this.#journal = new Journal(settings.maxJournalEntries);
    this.#context = {
      settings,
      protocol: PROTOCOLS[settings.provider](settings),
      rules: new FaultRules(monotonicNow),
      ledger: new RateLimitLedger(
        settings.requestsPerMinute,
        settings.tokensPerMinute,
        monotonicNow,
      ),
    };
    this.#server = createServer(
      { noDelay: true, keepAliveTimeout: 60_000 },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    const host = this.#settings.host === '::1' ? '[::1]' : this.#settings.host;
    return `http://${host}:${this.port}`;
  }

  get baseURL(): string {
    return `${this.url}${this.#context.protocol.basePath}`;
  }

  get port(): number {
    return this.#address?.port ?? this.#settings.port;
  }

  get requests(): readonly JournalEntry[] {
    return this.#journal.entries;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  async start(): Promise<void> {
    this.#address = await listen(this.#server, this.#settings.port, this.#settings.host);
  }

  inject(rule: FaultRule): InjectedFault {
    return this.#context.rules.inject(rule);
  }

  clearFaults(): void {
    this.#context.rules.clear();
  }

  clearRequests(): void {
    this.#journal.clear();
  }

  async waitForIdle({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    signal?.throwIfAborted();
    try {
      if (this.#active.size > 0)
        await once(this.#idleness, 'idle', signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
    await this.#context.protocol.settled();
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #shutDown(): Promise<void> {
    const listenerClosed = once(this.#server, 'close');
    const socketsClosed = [...this.#sockets].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    this.#server.close();
    for (const controller of this.#active) controller.abort(new TransmissionEnded(false));
    this.#context.protocol.close();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([listenerClosed, ...socketsClosed]);
    await this.waitForIdle();
  }

  /** Never rejects: whatever happens ends in a response or in a closed socket. */
  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = monotonicNow();
    const entry = this.#openEntry(request);
    const controller = new AbortController();
    const leave = (): void => controller.abort(new TransmissionEnded(true));
    response.once('close', leave);
    this.#active.add(controller);
    if (this.#closing !== undefined) controller.abort(new TransmissionEnded(false));
    try {
      await new Exchange(this.#context, request, response, entry, controller.signal).run();
    } catch (error) {
      if (error instanceof TransmissionEnded) entry.aborted = error.byClient;
      else failResponse(response, error);
    } finally {
      response.off('close', leave);
      entry.endedAt = epochMs();
      entry.durationMs = monotonicNow() - startedAt;
      this.#active.delete(controller);
      this.#report(entry);
      if (this.#active.size === 0) this.#idleness.emit('idle');
    }
  }

  #openEntry(request: IncomingMessage): OpenJournalEntry {
    const [path = '/', query] = (request.url ?? '/').split(/\?(.*)/s);
    const entry: OpenJournalEntry = {
      requestId: this.#context.protocol.nextRequestId(),
      method: request.method ?? 'GET',
      path,
      query: query === undefined || query === '' ? '' : `?${query}`,
      headers: redactHeaders(request.headers),
      body: undefined,
      status: undefined,
      fault: undefined,
      aborted: false,
      startedAt: epochMs(),
      endedAt: undefined,
      durationMs: undefined,
    };
    this.#journal.add(entry);
    return entry;
  }

  #report(entry: JournalEntry): void {
    try {
      this.#settings.onRequestEnd?.(entry);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

/** A defect of the simulator itself: the client sees a failure and the owner a warning. */
function failResponse(response: ServerResponse, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
  response.destroy();
}
