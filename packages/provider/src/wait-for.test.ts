import {
  AbortedError,
  ConfigurationError,
  ConnectionError,
  JobFailedError,
  NotFoundError,
  OverloadedError,
  TotalTimeoutError,
} from '@integrations/errors';
import { ManualClock } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import type { CallOptions } from './call-options.ts';
import { type JobKind, waitFor, type WaitOptions } from './wait-for.ts';

interface Job {
  readonly status: string;
  readonly why?: string;
}

const KIND: JobKind<Job> = {
  call: 'acme jobs.waitFor',
  succeeded: ['completed'],
  failed: ['failed', 'expired'],
  reasonOf: ({ why }) => why,
  pollAfterHeader: 'acme-poll-after-ms',
};

/** A job that is seen in one state after the other; an error is a look that fails. */
class Script {
  readonly clock: ManualClock = new ManualClock();
  readonly lookedAt: number[] = [];
  readonly passed: CallOptions[] = [];
  readonly #looks: (string | Error)[];
  readonly #headers: Readonly<Record<string, string>>;

  constructor(looks: (string | Error)[], headers: Readonly<Record<string, string>> = {}) {
    this.#looks = looks;
    this.#headers = headers;
  }

  wait(options: WaitOptions<Job> = {}): Promise<Job> {
    const look = (call: CallOptions): { withResponse(): Promise<never> } => ({
      withResponse: async () => this.#look(call) as never,
    });
    return waitFor({ kind: KIND, id: 'job_1', clock: this.clock, look }, options);
  }

  #look(call: CallOptions): object {
    this.lookedAt.push(this.clock.now());
    this.passed.push(call);
    const [next = 'running'] = this.#looks.splice(0, 1);
    if (next instanceof Error) throw next;
    const response = new Response(null, { headers: this.#headers });
    return { data: { status: next, why: 'no lines' }, response, requestId: undefined };
  }
}

/** Lets a wait run until it ends. */
async function through<T>(script: Script, waiting: Promise<T>): Promise<T> {
  // Whoever waits hears of a failure below; here it is only to be no surprise.
  waiting.catch(() => undefined);
  for (let second = 0; second < 60; second += 1) await script.clock.advance(1000);
  return waiting;
}

function running(times: number): string[] {
  return Array.from({ length: times }, () => 'running');
}

describe('waitFor', () => {
  it('gives the job when it has ended, at once where it has', async () => {
    const script = new Script(['completed']);
    await expect(script.wait()).resolves.toMatchObject({ status: 'completed' });
    expect(script.lookedAt).toEqual([0]);
  });

  it('waits half as long again each time, up to the longest interval', async () => {
    const script = new Script([...running(5), 'completed']);
    await through(script, script.wait({ pollInterval: '2s', maxPollInterval: '5s' }));
    expect(script.lookedAt).toEqual([0, 2000, 5000, 9500, 14_500, 19_500]);
  });

  it('waits as long as the API asks where the caller says nothing', async () => {
    const headers = { 'acme-poll-after-ms': '4000' };
    const asked = new Script(['running', 'completed'], headers);
    await through(asked, asked.wait());
    expect(asked.lookedAt).toEqual([0, 4000]);
    const set = new Script(['running', 'completed'], headers);
    await through(set, set.wait({ pollInterval: '2s' }));
    expect(set.lookedAt).toEqual([0, 2000]);
    const nonsense = new Script(['running', 'completed'], { 'acme-poll-after-ms': 'soon' });
    await through(nonsense, nonsense.wait());
    expect(nonsense.lookedAt).toEqual([0, 1000]);
  });

  it('asks a kind of job that has no `status` how a job stands', async () => {
    interface Task {
      readonly state: string;
    }
    const kind: JobKind<Task, 'done' | 'lost'> = {
      call: 'acme tasks.waitFor',
      succeeded: ['done'],
      failed: ['lost'],
      statusOf: ({ state }) => state as 'done' | 'lost',
    };
    const clock = new ManualClock();
    const wait = (state: string, maxWait = 0): Promise<Task> => {
      const seen = { data: { state }, response: new Response(), requestId: undefined };
      const look = (): { withResponse(): Promise<typeof seen> } => ({
        withResponse: async () => seen,
      });
      return waitFor({ kind, id: 'task_1', clock, look }, { maxWait });
    };
    await expect(wait('done')).resolves.toEqual({ state: 'done' });
    await expect(wait('lost')).rejects.toMatchObject({ outcome: 'lost', job: { state: 'lost' } });
    const late = wait('running', 500);
    late.catch(() => undefined);
    await clock.advance(500);
    await expect(late).rejects.toThrow(/\(running\)/);
  });

  it('takes a status that it does not know for one on the way', async () => {
    const script = new Script(['pondering', 'completed']);
    await expect(through(script, script.wait())).resolves.toMatchObject({ status: 'completed' });
  });

  it('tells each state, and passes what a call may set', async () => {
    const script = new Script(['queued', 'running', 'completed']);
    const seen: string[] = [];
    const headers = { 'x-team': 'a' };
    await through(script, script.wait({ headers, onProgress: ({ status }) => seen.push(status) }));
    expect(seen).toEqual(['queued', 'running', 'completed']);
    expect(script.passed[0]).toMatchObject({ headers });
    expect(Object.keys(script.passed[0] ?? {}).toSorted()).toEqual(['headers', 'signal']);
  });

  it.each(['failed', 'expired'])('throws with the job that ended as %s', async (status) => {
    const script = new Script(['running', status]);
    const error: unknown = await through(script, script.wait()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ outcome: status, job: { status }, retryable: false });
    expect((error as Error).message).toContain('no lines');
  });

  it('forgives failed looks in a row, and waits as long as the API says', async () => {
    const busy = new OverloadedError('busy', { retryAfterMs: 7000 });
    const down = new ConnectionError('down');
    const script = new Script(['running', down, busy, 'running', down, down, down, 'completed']);
    const waiting = script.wait({ pollInterval: '1s', maxPollInterval: '1s' });
    await expect(through(script, waiting)).resolves.toMatchObject({ status: 'completed' });
    expect(script.lookedAt).toEqual([0, 1000, 2000, 9000, 10_000, 11_000, 12_000, 13_000]);
  });

  it('gives up after too many, and at once where no try can help', async () => {
    const down = new ConnectionError('down');
    const often = new Script([down, down, down, down]);
    await expect(through(often, often.wait())).rejects.toBe(down);
    expect(often.lookedAt).toHaveLength(4);
    const never = new Script([down]);
    await expect(through(never, never.wait({ maxFailedLooks: 0 }))).rejects.toBe(down);
    const gone = new NotFoundError('gone', { status: 404 });
    const lost = new Script([gone]);
    await expect(lost.wait()).rejects.toBe(gone);
  });

  it('ends the wait with what onProgress throws', async () => {
    const problem = new ConnectionError('the caller has another one');
    const script = new Script(['running']);
    const onProgress = (): void => {
      throw problem;
    };
    await expect(script.wait({ onProgress })).rejects.toBe(problem);
    expect(script.lookedAt).toHaveLength(1);
  });

  it('stops after maxWait, and says where the job stood', async () => {
    const script = new Script([]);
    const waiting = script.wait({ pollInterval: '4s', maxWait: '10s' });
    const error: unknown = await through(script, waiting).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TotalTimeoutError);
    expect((error as Error).message).toContain('running');
    expect(script.lookedAt).toEqual([0, 4000]);
    expect(script.clock.pending).toBe(0);
  });

  it('stops at once when the caller aborts, before and while waiting', async () => {
    const early = new Script([]);
    await expect(early.wait({ signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
    expect(early.lookedAt).toEqual([]);
    const controller = new AbortController();
    const script = new Script([]);
    const waiting = script.wait({ signal: controller.signal, maxWait: '1h' });
    await script.clock.advance(1500);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: { message: 'enough' } });
    expect(script.clock.pending).toBe(0);
  });

  it.each([
    { pollInterval: -1 },
    { maxPollInterval: 'soon' as never },
    { maxWait: -1 },
    { maxFailedLooks: 0.5 },
  ])('refuses %j', async (options) => {
    const script = new Script([]);
    await expect(script.wait(options)).rejects.toBeInstanceOf(ConfigurationError);
    expect(script.lookedAt).toEqual([]);
  });
});
