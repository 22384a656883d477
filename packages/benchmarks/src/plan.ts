/** How long one process measures. */
export interface MeasuringPlan {
  /** Milliseconds of calls before anything counts; the floor, which is compiled sooner, gets a part of it. */
  readonly warmupMs: number;
  /** How often case and floor take turns. */
  readonly rounds: number;
  /** Milliseconds of one turn, about. */
  readonly batchMs: number;
}

/** How much is measured. */
export interface RunPlan extends MeasuringPlan {
  /** Processes for each case. */
  readonly processes: number;
}

export const fullPlan: RunPlan = { processes: 5, warmupMs: 500, rounds: 20, batchMs: 20 };

export const quickPlan: RunPlan = { processes: 2, warmupMs: 200, rounds: 7, batchMs: 10 };
