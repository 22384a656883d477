import type { ThreadMessage, ThreadMessageDelta } from '../messages/message.ts';
import type { Thread } from '../thread.ts';
import type { Run } from './run.ts';
import type { RunStep, RunStepDelta } from './steps/run-step.ts';

/** One type of event for each of some names. */
type Named<Name extends string, Data> = Name extends string ? { event: Name; data: Data } : never;

/** What happens while a run is streamed. */
export type RunStreamEvent =
  | { event: 'thread.created'; data: Thread; enabled?: boolean }
  | Named<
      | 'thread.run.created'
      | 'thread.run.queued'
      | 'thread.run.in_progress'
      | 'thread.run.requires_action'
      | 'thread.run.completed'
      | 'thread.run.incomplete'
      | 'thread.run.failed'
      | 'thread.run.cancelling'
      | 'thread.run.cancelled'
      | 'thread.run.expired',
      Run
    >
  | Named<
      | 'thread.run.step.created'
      | 'thread.run.step.in_progress'
      | 'thread.run.step.completed'
      | 'thread.run.step.failed'
      | 'thread.run.step.cancelled'
      | 'thread.run.step.expired',
      RunStep
    >
  | Named<'thread.run.step.delta', RunStepDelta>
  | Named<
      | 'thread.message.created'
      | 'thread.message.in_progress'
      | 'thread.message.completed'
      | 'thread.message.incomplete',
      ThreadMessage
    >
  | Named<'thread.message.delta', ThreadMessageDelta>;
