import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { ManualClock } from '@integrations/testing';
import type { BulkheadRequest, Clock } from '@integrations/types';
import * as fc from 'fast-check';

export const SLOTS = 2;
export const PLACES = 3;

/** What runs work within a number of slots. */
export interface Runner {
  run<T>(work: () => Promise<T>, request?: BulkheadRequest): Promise<T>;
}

type Action =
  | { readonly kind: 'start'; readonly priority: number; readonly deadline: number | undefined }
  | { readonly kind: 'end' | 'end and start'; readonly which: number }
  | { readonly kind: 'abort'; readonly which: number }
  | { readonly kind: 'advance'; readonly ms: number };

const which = fc.nat({ max: 10 });
const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('start' as const),
        priority: fc.integer({ min: 0, max: 1 }),
        deadline: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      }),
    },
    fc.record({ kind: fc.constantFrom('end' as const, 'end and start' as const), which }),
    fc.record({ kind: fc.constant('abort' as const), which }),
    fc.record({ kind: fc.constant('advance' as const), ms: fc.nat({ max: 20 }) }),
  ),
  { maxLength: 40 },
);

interface Job {
  readonly name: number;
  readonly priority: number;
  readonly deadline: number;
  readonly controller: AbortController;
  state: 'waiting' | 'running' | 'done' | 'refused';
  /** Whether it was turned away although it had been let in. */
  mayBeRefused: boolean;
  end: () => void;
}

/** Starts and ends jobs, and notes whatever must not happen. */
class Observer {
  readonly clock: ManualClock = new ManualClock();
  readonly #runner: Runner;
  readonly #context = new AsyncLocalStorage<number>();
  readonly #jobs: Job[] = [];
  readonly #wrong: string[] = [];

  constructor(create: (clock: Clock) => Runner) {
    this.#runner = create(this.clock);
  }

  async act(action: Action): Promise<void> {
    if (action.kind === 'start') this.#start(action.priority, action.deadline);
    else if (action.kind === 'abort') this.#abort(action.which);
    else if (action.kind === 'advance') await this.#advance(action.ms);
    else await this.#end(action.which, action.kind === 'end and start');
    await this.clock.advance(0);
    if (this.#in('running').length > SLOTS) this.#wrong.push('too many run');
    if (this.#in('waiting').length > 0 && this.#in('running').length < SLOTS) {
      this.#wrong.push('a slot is free, and somebody waits');
    }
    assert.deepEqual(this.#wrong, []);
  }

  async finish(): Promise<void> {
    for (let job = this.#in('running')[0]; job !== undefined; [job] = this.#in('running')) {
      job.end();
      await this.clock.advance(0);
    }
    assert.deepEqual(this.#in('waiting'), []);
    assert.equal(this.clock.pending, 0);
    assert.deepEqual(this.#wrong, []);
  }

  #in(state: Job['state']): Job[] {
    return this.#jobs.filter((job) => job.state === state);
  }

  #start(priority: number, patience: number | undefined): void {
    const deadline = patience === undefined ? Infinity : this.clock.now() + patience;
    const job: Job = {
      name: this.#jobs.length,
      priority,
      deadline,
      controller: new AbortController(),
      state: 'waiting',
      mayBeRefused: this.#in('waiting').length >= PLACES,
      end: () => undefined,
    };
    this.#jobs.push(job);
    const request = { signal: job.controller.signal, priority, deadline };
    const ended = this.#context.run(job.name, () =>
      this.#runner.run(() => this.#work(job), request),
    );
    ended.then(
      () => undefined,
      () => this.#refuse(job),
    );
  }

  #work(job: Job): Promise<void> {
    if (this.#context.getStore() !== job.name) this.#wrong.push('runs in the context of another');
    const overtaken = this.#in('waiting').filter(
      (other) => other.name < job.name && other.priority === job.priority,
    );
    if (overtaken.length > 0) this.#wrong.push('overtakes');
    job.state = 'running';
    return new Promise((resolve) => {
      job.end = () => {
        job.state = 'done';
        resolve();
      };
    });
  }

  #refuse(job: Job): void {
    if (job.state === 'waiting' && !job.mayBeRefused) this.#wrong.push('turned away when let in');
    if (job.state === 'waiting') job.state = 'refused';
  }

  #abort(index: number): void {
    const jobs = [...this.#in('waiting'), ...this.#in('running')];
    const job = jobs[index % Math.max(1, jobs.length)];
    if (job === undefined) return;
    job.mayBeRefused = true;
    job.controller.abort();
  }

  async #advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (const job of this.#in('waiting')) if (job.deadline <= until) job.mayBeRefused = true;
    await this.clock.advance(ms);
  }

  /** Ends a job, and starts another at once or a few microtasks later, as a thief would. */
  async #end(index: number, startAnother: boolean): Promise<void> {
    const running = this.#in('running');
    const job = running[index % Math.max(1, running.length)];
    if (job === undefined) return;
    const wereFull = this.#in('waiting').length >= PLACES;
    job.end();
    if (!startAnother) return;
    for (let microtask = 0; microtask < index; microtask += 1) await Promise.resolve();
    this.#start(0, undefined);
    const newcomer = this.#jobs.at(-1);
    if (newcomer !== undefined) newcomer.mayBeRefused ||= wereFull;
  }
}

/** A bulkhead of 2 slots and 3 places in line keeps its promises whatever happens when. */
export function keepsItsSlots(create: (clock: Clock) => Runner): fc.IAsyncProperty<[Action[]]> {
  return fc.asyncProperty(actions, async (script) => {
    const observer = new Observer(create);
    for (const action of script) await observer.act(action);
    await observer.finish();
  });
}
