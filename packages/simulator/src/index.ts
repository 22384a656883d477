export type { Fault, FaultError } from './fault.ts';
export type { FaultMatch, FaultRule } from './fault-rule.ts';
export type { InjectedFault } from './fault-rules.ts';
export { FAULT_HEADER } from './fault-for-request.ts';
export type { JournalEntry } from './journal.ts';
export type { ModelDescription } from './openai/model-catalog.ts';
export { createSimulator, type Simulator } from './simulator.ts';
export { SimulatorError, type SimulatorErrorCode } from './simulator-error.ts';
export type { SimulatorOptions } from './simulator-options.ts';
