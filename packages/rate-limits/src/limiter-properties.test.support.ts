import assert from 'node:assert/strict';
import { ManualClock } from '@integrations/testing';
import type { Clock, RateLimiter, RateLimitPermit } from '@integrations/types';
import * as fc from 'fast-check';
import { worstWindow } from './limit-properties.test.support.ts';

export const MINUTE_MS = 60_000;
export const REQUESTS = 4;
export const TOKENS = 20;

export type Action =
  | { readonly kind: 'acquire' | 'try'; readonly tokens: number; readonly priority: number }
  | { readonly kind: 'abort'; readonly which: number }
  | { readonly kind: 'release'; readonly which: number }
  | { readonly kind: 'settle'; readonly which: number; readonly part: number }
  | { readonly kind: 'advance'; readonly ms: number };

const ask = {
  tokens: fc.integer({ min: 0, max: TOKENS }),
  priority: fc.integer({ min: 0, max: 2 }),
};
const which = fc.nat({ max: 20 });

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('acquire' as const), ...ask }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('try' as const), ...ask }) },
    {
      weight: 2,
      arbitrary: fc.oneof(
        fc.record({ kind: fc.constant('abort' as const), which }),
        fc.record({ kind: fc.constant('release' as const), which }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('settle' as const),
        which,
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        ms: fc.integer({ min: 0, max: 50_000 }),
      }),
    },
  ),
  { maxLength: 50 },
);

interface Call {
  readonly tokens: number;
  readonly priority: number;
  readonly controller: AbortController;
  state: 'waiting' | 'admitted' | 'refused';
  permit?: RateLimitPermit;
}

interface Admission {
  readonly at: number;
  readonly permit: RateLimitPermit;
  requests: number;
  tokens: number;
  open: boolean;
}

/** What a test script has seen of a limiter so far, and what it checks after each step. */
class Observer {
  readonly clock: ManualClock = new ManualClock();
  readonly limiter: RateLimiter;
  readonly calls: Call[] = [];
  readonly admissions: Admission[] = [];
  /** Those who still waited when a later one of their class was served. */
  readonly overtaken: Call[] = [];

  constructor(create: (clock: Clock) => RateLimiter) {
    this.limiter = create(this.clock);
  }

  get waiting(): Call[] {
    return this.calls.filter(({ state }) => state === 'waiting');
  }

  async act(action: Action): Promise<void> {
    if (action.kind === 'acquire') this.#acquire(action.tokens, action.priority);
    else if (action.kind === 'try') this.#try(action.tokens, action.priority);
    else if (action.kind === 'abort') await this.#abort(action.which);
    else if (action.kind === 'advance') await this.clock.advance(action.ms);
    else if (action.kind === 'settle') this.#correct(action.which, action.part);
    else if (action.kind === 'release') this.#correct(action.which, undefined);
    await this.clock.advance(0);
    assert.deepEqual(this.overtaken, []);
    assert.equal(this.clock.pending, this.waiting.length > 0 ? 1 : 0);
  }

  /** Nobody is lost: everybody is served once there is time enough. */
  async finish(): Promise<void> {
    await this.clock.advance((this.waiting.length + 1) * MINUTE_MS);
    assert.deepEqual(this.waiting, []);
    assert.equal(this.clock.pending, 0);
    const charges = (of: 'requests' | 'tokens'): { at: number; cost: number }[] =>
      this.admissions.map((admission) => ({ at: admission.at, cost: admission[of] }));
    assert.ok(worstWindow(charges('requests'), MINUTE_MS) <= REQUESTS);
    assert.ok(worstWindow(charges('tokens'), MINUTE_MS) <= TOKENS);
  }

  #acquire(tokens: number, priority: number): void {
    const controller = new AbortController();
    const call: Call = { tokens, priority, controller, state: 'waiting' };
    this.calls.push(call);
    this.limiter.acquire({ tokens, priority, signal: controller.signal }).then(
      (permit) => this.#admit(call, permit),
      () => {
        call.state = 'refused';
      },
    );
  }

  #admit(call: Call, permit: RateLimitPermit): void {
    call.state = 'admitted';
    this.#note(permit, call.tokens);
    // Whoever came before in the same class has been served, or has left.
    const earlier = this.calls.slice(0, this.calls.indexOf(call));
    this.overtaken.push(
      ...earlier.filter(({ state, priority }) => state === 'waiting' && priority === call.priority),
    );
  }

  #try(tokens: number, priority: number): void {
    const before = this.limiter.available();
    const permit = this.limiter.tryAcquire({ tokens, priority });
    if (permit === undefined) {
      assert.deepEqual(this.limiter.available(), before);
      return;
    }
    assert.deepEqual(
      this.waiting.filter((call) => call.priority >= priority),
      [],
    );
    this.#note(permit, tokens);
  }

  #note(permit: RateLimitPermit, tokens: number): void {
    this.admissions.push({ at: this.clock.now(), permit, requests: 1, tokens, open: true });
  }

  async #abort(index: number): Promise<void> {
    const call = this.waiting[index % Math.max(1, this.waiting.length)];
    if (call === undefined) return;
    call.controller.abort();
    await this.clock.advance(0);
    assert.equal(call.state, 'refused');
  }

  #correct(index: number, part: number | undefined): void {
    const open = this.admissions.filter((admission) => admission.open);
    const admission = open[index % Math.max(1, open.length)];
    if (admission === undefined) return;
    admission.open = false;
    if (part === undefined) {
      admission.requests = 0;
      admission.tokens = 0;
      admission.permit.release();
    } else {
      admission.tokens = Math.round(admission.tokens * part);
      admission.permit.settle({ tokens: admission.tokens });
    }
  }
}

/** A limiter of 4 requests and 20 tokens a minute keeps its promises whatever happens when. */
export function keepsItsPromises(
  create: (clock: Clock) => RateLimiter,
): fc.IAsyncProperty<[Action[]]> {
  return fc.asyncProperty(actions, async (script) => {
    const observer = new Observer(create);
    for (const action of script) await observer.act(action);
    await observer.finish();
  });
}

/** A cost that cannot be one is refused, and changes nothing. */
export function refusesImpossibleCosts(
  create: (clock: Clock) => RateLimiter,
): fc.IProperty<[number]> {
  const impossible = fc.oneof(
    fc.integer({ max: -1 }),
    fc.integer({ min: TOKENS + 1 }),
    fc.constantFrom(0.5, -0.5, Number.NaN, Infinity, -Infinity),
  );
  return fc.property(impossible, (tokens) => {
    const limiter = create(new ManualClock());
    const before = limiter.available();
    assert.throws(() => limiter.tryAcquire({ tokens }));
    assert.deepEqual(limiter.available(), before);
  });
}
