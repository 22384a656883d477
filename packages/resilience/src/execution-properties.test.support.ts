import { deepEqual, equal, fail, ok } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createCircuitBreaker, type ObservableCircuitBreaker } from '@integrations/circuit-breaker';
import { ConnectionError, isIntegrationError } from '@integrations/errors';
import { createRateLimiter, Semaphore } from '@integrations/rate-limits';
import { createRetryExecutor, ExponentialBackoff } from '@integrations/retry';
import { ManualClock } from '@integrations/testing';
import type {
  AttemptContext,
  AttemptObserver,
  Orchestrator,
  RateLimitRequest,
} from '@integrations/types';
import fc from 'fast-check';
import {
  type Call,
  type Disturbance,
  LAST_MS,
  type Program,
  program,
  type Work,
} from './execution-programs.test.support.ts';
import { ObserverProtocol } from './observer-protocol.test.support.ts';
import { PartsLedger } from './parts-ledger.test.support.ts';
import type { ResilienceOptions } from './resilience-orchestrator.ts';

/** What work of the kind `stream` resolves to. */
interface Stream {
  readonly handle: Disposable;
  readonly work: Work;
}

/** Work that has not ended, and was not stopped. */
interface WantedWork {
  readonly call: Call;
  /** When its attempt must have been stopped. */
  readonly dueAt: number;
}

/** Makes what a trial is about. */
export type CreateOrchestrator = (options: ResilienceOptions) => Orchestrator;

function verdictOf(error: unknown): string {
  return isIntegrationError(error) && error.code === 'aborted' ? 'ignore' : 'failure';
}

/** Runs a program and compares what the parts hold with what the work itself does. */
class Trial {
  readonly #clock = new ManualClock();
  readonly #ledger = new PartsLedger();
  readonly #program: Program;
  readonly #breaker: ObservableCircuitBreaker;
  readonly #semaphore: Semaphore;
  readonly #orchestrator: Orchestrator;
  readonly #controllers: AbortController[];
  readonly #settled: number[];
  readonly #expectedVerdicts: string[] = [];
  readonly #open = new Set<Disposable>();
  readonly #observers: ObserverProtocol[] = [];
  /** Operations that have not ended, stopped ones included. */
  #running = 0;
  /** Those of them that were not stopped. */
  readonly #wanted = new Set<WantedWork>();
  #started = 0;

  constructor(program: Program, create: CreateOrchestrator) {
    const clock = this.#clock;
    this.#program = program;
    this.#breaker = createCircuitBreaker({
      window: { type: 'consecutive' },
      failureThreshold: 4,
      openDuration: 30,
      clock,
    });
    this.#semaphore = new Semaphore({ limit: program.places, maxQueue: program.maxQueue, clock });
    const limiter = createRateLimiter({
      requestsPerMinute: program.requestsPerMinute,
      tokensPerMinute: 20,
      maxQueue: program.maxQueue,
      clock,
    });
    const policy = new ExponentialBackoff({ maxAttempts: 3, initialDelay: 5, jitter: 'none' });
    this.#orchestrator = create({
      retry: createRetryExecutor(policy, { clock, random: () => 0 }),
      circuitBreaker: this.#ledger.breaker(this.#breaker),
      rateLimiter: this.#ledger.limiter(limiter, (request, mayWait) =>
        this.#checkRequest(request, mayWait),
      ),
      bulkhead: this.#ledger.bulkhead(this.#semaphore),
      clock: this.#ledger.clock(clock),
    });
    this.#controllers = program.calls.map(() => new AbortController());
    this.#settled = program.calls.map(() => 0);
  }

  async run(): Promise<void> {
    const { calls, switches } = this.#program;
    for (let now = 0; now <= LAST_MS; now += 1) {
      for (const { at, to } of switches) {
        if (at !== now) continue;
        if (to === 'open') this.#breaker.forceOpen();
        else this.#breaker.releaseForce();
      }
      calls.forEach((call, index) => {
        if (call.startAt === now) this.#call(call, index);
      });
      calls.forEach(({ abortAt }, index) => {
        if (abortAt === now) this.#controllers[index]?.abort();
      });
      await this.#clock.advance(0);
      this.#check();
      calls.forEach(({ abortAt, startAt }, index) => {
        if (abortAt === undefined || abortAt > now || startAt > now) return;
        equal(this.#settled[index], 1, 'an aborted call goes on');
      });
      calls.forEach(({ startAt, totalTimeout }, index) => {
        if (totalTimeout === 0 || now < startAt + totalTimeout) return;
        equal(this.#settled[index], 1, 'a call outlasts its total timeout');
      });
      await this.#clock.advance(1);
      this.#check();
    }
    await this.#clock.runAll();
    this.#check();
    // Whoever never disposes of a stream keeps others waiting for its place.
    while (this.#open.size > 0) {
      for (const handle of this.#open) this.#dispose(handle);
      await this.#clock.runAll();
      this.#check();
    }
    this.#checkEnd();
  }

  #call(call: Call, index: number): void {
    const { attemptTimeout, totalTimeout, tokens, disturbance } = call;
    const controller = this.#controllers[index] ?? fail('each call has one');
    const count = (): void => {
      this.#settled[index] = (this.#settled[index] ?? 0) + 1;
      const wanted = [...this.#wanted].some((work) => work.call === call);
      if (wanted) this.#ledger.faults.push('work goes on when its caller was told');
    };
    const observed: ObserverProtocol[] = [];
    const operation = (attempt: AttemptContext): Promise<Stream | undefined> => {
      if (disturbance !== undefined) observed[attempt.attempt - 1]?.expectPassed();
      return this.#work(attempt, call);
    };
    this.#orchestrator
      .execute(operation, {
        signal: controller.signal,
        attemptTimeout,
        totalTimeout,
        cost: { tokens },
        priority: index,
        ...(disturbance && { observe: this.#observe(observed, disturbance, controller) }),
      })
      .then(
        (stream) => {
          count();
          if (stream !== undefined) this.#read(stream.handle, stream.work);
        },
        (error: unknown) => {
          count();
          if (!controller.signal.aborted || this.#clock.now() !== call.abortAt) return;
          if (isIntegrationError(error) && error.code === 'aborted') return;
          this.#ledger.faults.push('an abort rejects with its typed error');
        },
      );
  }

  /** Writes down the observers of a call's attempts. */
  #observe(
    observed: ObserverProtocol[],
    { at, by }: Disturbance,
    controller: AbortController,
  ): (attempt: number) => AttemptObserver {
    let told = 0;
    const onTold = (): void => {
      told += 1;
      if (told !== at) return;
      if (by === 'abort') controller.abort();
      else throw new ConnectionError('thrown by the observer');
    };
    return (attempt) => {
      equal(attempt, observed.length + 1, 'each attempt is observed once');
      onTold();
      const observer = new ObserverProtocol(
        this.#clock,
        (holds, fault) => this.#ledger.expect(holds, fault),
        onTold,
      );
      observed.push(observer);
      this.#observers.push(observer);
      return observer;
    };
  }

  #work(attempt: AttemptContext, call: Call): Promise<Stream | undefined> {
    const work = call.work[attempt.attempt - 1] ?? call.work.at(-1);
    if (work === undefined) return fail('a call has work');
    this.#started += 1;
    this.#ledger.expect(attempt.permit !== undefined, 'work begins without its rate permit');
    if (work.kind === 'throw') {
      this.#expectedVerdicts.push('failure');
      throw new ConnectionError('thrown before the first await');
    }
    return this.#asyncWork(attempt, work, call);
  }

  async #asyncWork(attempt: AttemptContext, work: Work, call: Call): Promise<Stream | undefined> {
    const signal = attempt.signal ?? fail('there is always a signal');
    const wanted = { call, dueAt: this.#clock.now() + (call.attemptTimeout || Infinity) };
    const unwanted = (verdict: string): void => {
      if (this.#wanted.delete(wanted)) this.#expectedVerdicts.push(verdict);
    };
    this.#running += 1;
    this.#wanted.add(wanted);
    signal.addEventListener('abort', () => unwanted(verdictOf(signal.reason)));
    try {
      await this.#clock.sleep(work.takesMs, work.heeds ? signal : undefined);
      if (work.kind === 'fail') throw new ConnectionError('reset');
      if (work.kind === 'foreign') throw new RangeError('foreign');
      const handle = work.kind === 'stream' ? attempt.keepOpen?.() : undefined;
      unwanted('success');
      if (handle === undefined) return undefined;
      if (!signal.aborted) this.#open.add(handle);
      return { handle, work };
    } catch (error) {
      unwanted('failure');
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  #read(handle: Disposable, { readMs, disposals }: Work): void {
    for (let times = 0; times < disposals; times += 1) {
      void this.#clock.sleep(readMs + times).then(() => this.#dispose(handle));
    }
  }

  #dispose(handle: Disposable): void {
    handle[Symbol.dispose]();
    this.#open.delete(handle);
  }

  /** Calls tell who they are by their priority. */
  #checkRequest(request: RateLimitRequest | undefined, mayWait: boolean): void {
    const call = this.#program.calls[request?.priority ?? -1];
    this.#ledger.expect(call?.tokens === request?.tokens, 'a limit is asked for the tokens');
    this.#ledger.expect(!this.#breaker.isOpen(), 'an open breaker costs no rate limit');
    if (!mayWait || call === undefined) return;
    const { startAt, totalTimeout } = call;
    const deadline = totalTimeout === 0 ? undefined : startAt + totalTimeout;
    this.#ledger.expect(request?.deadline === deadline, 'a line is told the deadline');
    this.#ledger.expect(request?.signal !== undefined, 'a wait in line can be ended');
  }

  #check(): void {
    deepEqual(this.#ledger.faults, []);
    const { places, unsettled, ratePermits } = this.#ledger;
    equal(places, this.#running + this.#open.size, 'places are held by work and open streams');
    equal(this.#semaphore.active, places, 'the semaphore knows all places');
    ok(places <= this.#program.places, 'there are no more than the places');
    equal(unsettled, this.#wanted.size, 'breaker permits are held by work that is waited for');
    const now = this.#clock.now();
    ok(
      [...this.#wanted].every(({ dueAt }) => now < dueAt),
      'an attempt outlasts its timeout',
    );
    const calls = this.#program.calls.filter(({ startAt }) => startAt <= now).length;
    const settled = this.#settled.filter((times) => times > 0).length;
    ok(this.#ledger.timers <= calls - settled, 'each call under way has one timer at most');
    const queued = this.#semaphore.waiting;
    equal(ratePermits, this.#started + queued, 'rate permits are charged or wait for a place');
  }

  #checkEnd(): void {
    deepEqual(
      this.#settled,
      this.#program.calls.map(() => 1),
      'each caller is told once',
    );
    equal(this.#semaphore.active + this.#semaphore.waiting, 0, 'a place has leaked');
    equal(this.#ledger.ratePermits, this.#started, 'what was not charged is given back');
    deepEqual(this.#ledger.verdicts.toSorted(), this.#expectedVerdicts.toSorted());
    equal(this.#breaker.statistics().inFlight, 0, 'a breaker permit has leaked');
    equal(this.#clock.pending, 0, 'a timer has leaked');
    for (const observer of this.#observers) observer.expectLeft();
    deepEqual(this.#ledger.faults, []);
    for (const { signal } of this.#controllers) {
      equal(getEventListeners(signal, 'abort').length, 0, 'a listener has leaked');
    }
  }
}

/** What holds for whatever callers do at once. */
export function takesAndGivesBackOnce(create: CreateOrchestrator): fc.IAsyncProperty<[Program]> {
  return fc.asyncProperty(program, (generated) => new Trial(generated, create).run());
}
