import { AbortedError, abortReason } from '@integrations/errors';
import { type FailedAttempt, tellAttempts } from './failed-attempt.ts';
import type { HedgeFunction } from './hedge-properties.test.support.ts';

/** Faults that a hedge may have. */
export type HedgeFlaw =
  | 'lets the losers run on'
  | 'ends the losers without a typed reason'
  | 'ends the winner too'
  | 'waits for all'
  | 'rejects at the first failure'
  | 'hedges at once'
  | 'never hedges'
  | 'starts one hedge too many'
  | 'hears no abort'
  | 'ends no attempt on abort'
  | 'asks no budget'
  | 'never refunds'
  | 'wraps the last error'
  | 'leaves its timer'
  | 'leaves its listener';

/** The plainest hedge that holds to all properties, or one that has a flaw. */
export function naiveHedge(flaw?: HedgeFlaw): HedgeFunction {
  return (operation, { delay, maxHedges = 1, budget, signal, clock }) =>
    new Promise((resolve, reject) => {
      const running = new Map<AbortController, number | undefined>();
      const failed: FailedAttempt[] = [];
      let timer: Disposable | undefined;
      let over = false;
      let started = 0;

      const finish = (): void => {
        over = true;
        if (flaw !== 'leaves its timer') timer?.[Symbol.dispose]();
        if (flaw !== 'leaves its listener') signal?.removeEventListener('abort', onAbort);
      };
      const endAll = (reason: Error): void => {
        if (flaw === 'lets the losers run on') return;
        for (const controller of running.keys()) {
          controller.abort(flaw === 'ends the losers without a typed reason' ? undefined : reason);
        }
      };
      const onAbort = (): void => {
        if (flaw === 'hears no abort' || over) return;
        finish();
        if (signal === undefined) return;
        if (flaw !== 'ends no attempt on abort') endAll(abortReason(signal));
        reject(tellAttempts(abortReason(signal), failed));
      };
      const win = (controller: AbortController, value: string): void => {
        if (over) return;
        const paid = running.get(controller);
        if (flaw !== 'ends the winner too') running.delete(controller);
        if (flaw === 'waits for all' && running.size > 0) return;
        finish();
        if (flaw !== 'never refunds') budget.deposit(paid);
        endAll(new AbortedError('Another attempt answered first.'));
        resolve(value);
      };
      const lose = (controller: AbortController, error: unknown, startedAt: number): void => {
        running.delete(controller);
        if (over) return;
        failed.push({ error, delayMs: 0, startedAt });
        if (running.size > 0 && flaw !== 'rejects at the first failure') return;
        finish();
        const final = flaw === 'wraps the last error' ? new Error('All failed.') : error;
        reject(tellAttempts(final, failed));
      };
      const start = (paid: number | undefined): void => {
        const controller = new AbortController();
        const startedAt = clock.now();
        running.set(controller, paid);
        started += 1;
        void (async () => operation({ attempt: started, signal: controller.signal }))().then(
          (value) => win(controller, value),
          (error: unknown) => lose(controller, error, startedAt),
        );
      };
      const most = flaw === 'starts one hedge too many' ? maxHedges + 1 : maxHedges;
      const arm = (due: number): void => {
        if (due > most || flaw === 'never hedges') return;
        const onTime = (): void => {
          const paid = flaw === 'asks no budget' ? 0 : budget.tryWithdraw();
          if (paid !== undefined && !(over && flaw !== 'leaves its timer')) start(paid);
          arm(due + 1);
        };
        timer = clock.schedule(onTime, flaw === 'hedges at once' ? 0 : Number(delay));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      start(undefined);
      arm(1);
    });
}
