/** How much work a case that decides by itself does. */
export type Size = 'quick' | 'full';

/** How long one process measures. */
export interface MeasuringPlan {
  readonly size: Size;
  /** Milliseconds of calls before anything counts; the floor, which is compiled sooner, gets a part of it. */
  readonly warmupMs: number;
  /** How much of the calls that a suite warms up with are made. */
  readonly warmupPart: number;
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

export const fullPlan: RunPlan = {
  size: 'full',
  processes: 5,
  warmupMs: 500,
  warmupPart: 1,
  rounds: 20,
  batchMs: 20,
};

export const quickPlan: RunPlan = {
  size: 'quick',
  processes: 1,
  warmupMs: 50,
  warmupPart: 0.02,
  rounds: 5,
  batchMs: 5,
};
