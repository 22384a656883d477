// One case in a process of its own: node worker.js <case> <plan as JSON>, started with an IPC channel.
import { measure } from './measure.ts';
import type { MeasuringPlan } from './plan.ts';
import { casesOf } from './suite.ts';
import { suites } from './suites.ts';

const [id = '', plan = ''] = process.argv.slice(2);

// Whoever asked is gone, so nobody waits for the answer.
process.once('disconnect', () => process.exit(1));

const placed = casesOf(suites).find((one) => one.id === id);
if (placed === undefined) throw new Error(`There is no case ${id}.`);

const measuring = JSON.parse(plan) as MeasuringPlan;
const floor = await placed.suite.floor.prepare(measuring.size);
const subject = await placed.benchmark.prepare(measuring.size);
const measurement = await measure(subject, floor, measuring, placed.suite);
await subject.dispose?.();
await floor.dispose?.();
// A peer may leave intervals behind; they must not keep the process.
process.send?.(measurement, () => process.exit(0));
