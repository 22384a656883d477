import {
  abortReason,
  durationOption,
  isIntegrationError,
  JobFailedError,
  TotalTimeoutError,
  wholeOption,
} from '@integrations/errors';
import type { Clock, Duration } from '@integrations/types';
import type { CallOptions } from './call-options.ts';
import type { ResponsePromise } from './response-promise.ts';

/** How somebody waits for a job. What a call may set holds for each look at it. */
export interface WaitOptions<Job = unknown> extends Omit<
  CallOptions,
  'idempotencyKey' | 'onUploadProgress'
> {
  /** Time before the second look; each further one takes half as long again. @default what the API asks for, or '1s' */
  readonly pollInterval?: Duration | undefined;
  /** The longest time between two looks. @default '30s', or `pollInterval` where that is longer */
  readonly maxPollInterval?: Duration | undefined;
  /** Time for the whole wait. 0 means no limit. @default 0 */
  readonly maxWait?: Duration | undefined;
  /** Looks in a row that may fail in a way that another try may cure, before the wait does. @default 3 */
  readonly maxFailedLooks?: number | undefined;
  /** Called with what each look has seen. What it throws ends the wait. */
  readonly onProgress?: ((job: Job) => void) | undefined;
}

/** What of a wait's options one call takes. */
export function callOptionsOf<Job>(options: WaitOptions<Job>): CallOptions {
  const {
    pollInterval: _first,
    maxPollInterval: _longest,
    maxWait: _time,
    maxFailedLooks: _failures,
    onProgress: _tell,
    ...call
  } = options;
  return call;
}

/** The statuses that jobs of a type have, where it tells them. */
type StatusOf<Job> = Job extends { readonly status: infer Status extends string } ? Status : string;

/** One kind of job, as data. A status that is in neither list is that of a job under way. */
export interface JobKind<Job extends object, Status extends string = StatusOf<Job>> {
  /** For messages: `openai batches.waitFor`. */
  readonly call: string;
  readonly succeeded: readonly Status[];
  readonly failed: readonly Status[];
  /** How a job stands. @default its `status` */
  readonly statusOf?: (job: Job) => Status;
  /** Why a job has failed, where it tells. */
  readonly reasonOf?: (job: Job) => string | undefined;
  /** The header in which the API says after how many milliseconds to look again. @default none */
  readonly pollAfterHeader?: string;
}

/** A job, and how it is looked at. */
export interface WatchedJob<Job extends object> {
  readonly kind: JobKind<Job, string>;
  /** For messages. */
  readonly id: string;
  readonly clock: Clock;
  readonly look: (options: CallOptions) => Pick<ResponsePromise<Job>, 'withResponse'>;
}

const FIRST_INTERVAL_MS = 1000;
const LONGEST_INTERVAL_MS = 30_000;
const GROWTH = 1.5;

/** How a wait is spread over time. */
class Schedule {
  readonly maxWaitMs: number;
  readonly maxFailedLooks: number;
  readonly #isSet: boolean;
  readonly #longestMs: number;
  #nextMs: number;

  constructor({
    pollInterval,
    maxPollInterval,
    maxWait = 0,
    maxFailedLooks = 3,
  }: Omit<WaitOptions, 'onProgress'>) {
    this.#isSet = pollInterval !== undefined;
    this.#nextMs = durationOption('pollInterval', pollInterval ?? FIRST_INTERVAL_MS);
    this.#longestMs = Math.max(
      this.#nextMs,
      durationOption('maxPollInterval', maxPollInterval ?? LONGEST_INTERVAL_MS),
    );
    this.maxWaitMs = durationOption('maxWait', maxWait);
    this.maxFailedLooks = wholeOption('maxFailedLooks', maxFailedLooks, { least: 0 });
  }

  /** @param askedMs what the API asks for. */
  next(askedMs?: number): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * GROWTH, this.#longestMs);
    return this.#isSet ? ms : (askedMs ?? ms);
  }
}

/** One wait for one job. */
class Wait<Job extends object> {
  readonly #watched: WatchedJob<Job>;
  readonly #options: WaitOptions<Job>;
  readonly #schedule: Schedule;
  readonly #ended = new AbortController();
  readonly #call: string;
  #seen: Job | undefined;
  #failedLooks = 0;

  constructor(watched: WatchedJob<Job>, options: WaitOptions<Job>) {
    this.#watched = watched;
    this.#options = options;
    this.#schedule = new Schedule(options);
    this.#call = `${watched.kind.call} ${watched.id}`;
  }

  async run(): Promise<Job> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      if (signal !== undefined) this.#ended.abort(abortReason(signal, this.#call));
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const { maxWaitMs } = this.#schedule;
    const timer =
      maxWaitMs === 0
        ? undefined
        : this.#watched.clock.schedule(() => this.#ended.abort(this.#tooLong()), maxWaitMs);
    try {
      return await this.#watch();
    } finally {
      timer?.[Symbol.dispose]();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async #watch(): Promise<Job> {
    const { signal } = this.#ended;
    for (;;) {
      signal.throwIfAborted();
      const { job, waitMs } = await this.#look();
      if (job !== undefined) {
        this.#options.onProgress?.(job);
        if (this.#isDone(job)) return job;
      }
      await this.#watched.clock.sleep(waitMs, signal);
    }
  }

  /** Looks once; without a job where that failed and may be tried again. */
  async #look(): Promise<{ readonly job?: Job; readonly waitMs: number }> {
    const { kind, look } = this.#watched;
    const call = { ...callOptionsOf(this.#options), signal: this.#ended.signal };
    try {
      const { data, response } = await look(call).withResponse();
      this.#seen = data;
      this.#failedLooks = 0;
      const askedMs = readMs(kind.pollAfterHeader, response);
      return { job: data, waitMs: this.#schedule.next(askedMs) };
    } catch (error) {
      const leastMs = this.#forgive(error);
      return { waitMs: Math.max(leastMs, this.#schedule.next()) };
    }
  }

  /** A job that runs for hours should not be lost over a minute without network. Gives the least wait. */
  #forgive(error: unknown): number {
    this.#ended.signal.throwIfAborted();
    this.#failedLooks += 1;
    if (!isIntegrationError(error) || !error.retryable) throw error;
    if (this.#failedLooks > this.#schedule.maxFailedLooks) throw error;
    return error.retryAfterMs ?? 0;
  }

  /** @throws JobFailedError */
  #isDone(job: Job): boolean {
    const { succeeded, failed, reasonOf } = this.#watched.kind;
    const status = this.#statusOf(job);
    if (succeeded.includes(status)) return true;
    if (!failed.includes(status)) return false;
    const reason = reasonOf?.(job);
    throw new JobFailedError(
      `${this.#call}: the job ended as ${status}${reason === undefined ? '.' : `: ${reason}`}`,
      { job, outcome: status },
    );
  }

  #statusOf(job: Job): string {
    const { statusOf } = this.#watched.kind;
    return statusOf?.(job) ?? (job as { readonly status: string }).status;
  }

  #tooLong(): TotalTimeoutError {
    const { maxWaitMs } = this.#schedule;
    const status = this.#seen === undefined ? 'not seen yet' : this.#statusOf(this.#seen);
    return new TotalTimeoutError(
      `${this.#call}: the job had not ended after ${maxWaitMs} ms of waiting (${status}). It goes on: wait again, or raise \`maxWait\`.`,
    );
  }
}

function readMs(header: string | undefined, { headers }: Response): number | undefined {
  const value = header === undefined ? null : headers.get(header);
  const ms = value === null || value.trim() === '' ? Number.NaN : Number(value);
  return ms >= 0 && Number.isFinite(ms) ? ms : undefined;
}

/**
 * Looks at a job again and again until it has ended.
 *
 * @throws JobFailedError when it ends otherwise than it should.
 * @throws TotalTimeoutError after `maxWait`.
 * @throws AbortedError, or the typed reason of the signal.
 * @throws ConfigurationError for an option that cannot be right.
 * @throws the error of a look: at once where no other try can cure it.
 */
export async function waitFor<Job extends object>(
  watched: WatchedJob<Job>,
  options: WaitOptions<Job> = {},
): Promise<Job> {
  return new Wait(watched, options).run();
}
