import { wholeOption } from '@integrations/errors';
import { type BreakerEventName, BreakerEvents, type BreakerListener } from './breaker-events.ts';
import { type BreakerSettings, readSettings } from './breaker-settings.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import { createWindow } from './create-window.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';
import { RecencyList, RecencyNode } from './recency-list.ts';
import { WindowBreaker } from './window-breaker.ts';

/** What the breakers of a family have in common; each has its key as its name. */
export interface CircuitBreakersOptions extends Omit<CircuitBreakerOptions, 'name'> {
  /** How many breakers are kept. @default 1000 */
  readonly maxBreakers?: number;
}

/** A breaker for each endpoint, host or tenant, made when first asked for. */
export interface CircuitBreakers extends Iterable<
  [key: string, breaker: ObservableCircuitBreaker]
> {
  /** How many breakers there are. */
  readonly size: number;
  /**
   * The key's breaker. Ask for it before every call rather than keep it: one that was
   * dropped meanwhile would no longer be the key's.
   */
  get(key: string): ObservableCircuitBreaker;
  /** The key's breaker if there is one. Does not count as use. */
  peek(key: string): ObservableCircuitBreaker | undefined;
  /** Drops the key's breaker. Whether there was one. */
  delete(key: string): boolean;
  /** Calls the listener with each such event of any breaker; the event's `name` is the key. */
  on<Name extends BreakerEventName>(event: Name, listener: BreakerListener<Name>): Disposable;
}

const DEFAULT_MAX_BREAKERS = 1000;
const MOST_BREAKERS = 10_000_000;

/** How many candidates to look at for one that nobody uses, so that the cost is bounded. */
const MOST_LOOKS = 16;

type Node = RecencyNode<WindowBreaker>;

class BreakerFamily implements CircuitBreakers {
  readonly #settings: BreakerSettings;
  readonly #maxBreakers: number;
  readonly #events: BreakerEvents;
  readonly #nodes = new Map<string, Node>();
  readonly #closed = new RecencyList<WindowBreaker>();
  readonly #troubled = new RecencyList<WindowBreaker>();
  /** The nodes in that list: a breaker's state changes before its event tells. */
  readonly #inTrouble = new Set<Node>();

  constructor(settings: BreakerSettings, maxBreakers: number) {
    this.#settings = settings;
    this.#maxBreakers = maxBreakers;
    this.#events = new BreakerEvents(settings.onListenerError);
    this.#events.on('stateChange', ({ name }) => this.#sort(name));
  }

  get size(): number {
    return this.#nodes.size;
  }

  get(key: string): ObservableCircuitBreaker {
    const node = this.#nodes.get(key) ?? this.#create(key);
    const list = this.#listOf(node);
    list.remove(node);
    list.add(node);
    return node.value;
  }

  peek(key: string): ObservableCircuitBreaker | undefined {
    return this.#nodes.get(key)?.value;
  }

  delete(key: string): boolean {
    const node = this.#nodes.get(key);
    if (node === undefined) return false;
    this.#listOf(node).remove(node);
    this.#inTrouble.delete(node);
    this.#nodes.delete(key);
    return true;
  }

  on<Name extends BreakerEventName>(event: Name, listener: BreakerListener<Name>): Disposable {
    return this.#events.on(event, listener);
  }

  *[Symbol.iterator](): IterableIterator<[string, ObservableCircuitBreaker]> {
    for (const [key, node] of this.#nodes) yield [key, node.value];
  }

  #create(key: string): Node {
    if (this.#nodes.size >= this.#maxBreakers) this.#evict();
    const settings = this.#settings;
    const window = createWindow(settings.window, settings.clock.now());
    const events = new BreakerEvents(settings.onListenerError, this.#events);
    const node: Node = new RecencyNode(new WindowBreaker(settings, window, events, key));
    this.#nodes.set(key, node);
    this.#closed.add(node);
    return node;
  }

  #listOf(node: Node): RecencyList<WindowBreaker> {
    return this.#inTrouble.has(node) ? this.#troubled : this.#closed;
  }

  /** By the state, not by the event: it may be of a breaker that had this key before. */
  #sort(key: string): void {
    const node = this.#nodes.get(key);
    if (node === undefined) return;
    const inTrouble = node.value.state !== 'closed';
    if (inTrouble === this.#inTrouble.has(node)) return;
    this.#listOf(node).remove(node);
    if (inTrouble) this.#inTrouble.add(node);
    else this.#inTrouble.delete(node);
    this.#listOf(node).add(node);
  }

  #evict(): void {
    const victim = this.#idle() ?? this.#closed.oldest ?? this.#troubled.oldest;
    if (victim !== undefined) this.delete(victim.value.name);
  }

  #idle(): Node | undefined {
    let node = this.#closed.oldest;
    for (let looks = 0; looks < MOST_LOOKS && node !== undefined; looks += 1) {
      if (node.value.inFlight === 0) return node;
      node = node.newer;
    }
    return undefined;
  }
}

/**
 * Makes a family of breakers, of which each knows only its own key's calls. When there
 * are too many, the least recently used one is dropped: first of those that are closed
 * and have no call under way, then of the closed ones, and of the others only when there
 * is nothing else. Every operation takes the same time however many there are.
 *
 * @throws ConfigurationError that names the option which is wrong.
 */
export function createCircuitBreakers(options: CircuitBreakersOptions = {}): CircuitBreakers {
  const maxBreakers = wholeOption('maxBreakers', options.maxBreakers ?? DEFAULT_MAX_BREAKERS, {
    least: 1,
    most: MOST_BREAKERS,
  });
  return new BreakerFamily(readSettings(options), maxBreakers);
}
