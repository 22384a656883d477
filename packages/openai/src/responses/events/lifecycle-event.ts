import type { Response } from '../response.ts';
import type { SequencedEvent } from './event-base.ts';

interface SnapshotEvent extends SequencedEvent {
  response: Response;
}

/** The API took the request. */
export interface ResponseCreatedEvent extends SnapshotEvent {
  type: 'response.created';
}

/** The response waits for its turn. */
export interface ResponseQueuedEvent extends SnapshotEvent {
  type: 'response.queued';
}

/** The model has begun. */
export interface ResponseInProgressEvent extends SnapshotEvent {
  type: 'response.in_progress';
}

/** The end: the response is whole. */
export interface ResponseCompletedEvent extends SnapshotEvent {
  type: 'response.completed';
}

/** The end: the response stopped early, for what its `incomplete_details` say. */
export interface ResponseIncompleteEvent extends SnapshotEvent {
  type: 'response.incomplete';
}

/** The end: the response failed, for what its `error` says. The stream throws it next. */
export interface ResponseFailedEvent extends SnapshotEvent {
  type: 'response.failed';
}

/** An error in place of anything else. The stream throws it instead of giving the event. */
export interface ResponseErrorEvent extends SequencedEvent {
  type: 'error';
  code: string | null;
  message: string;
  param: string | null;
}

/** Where a response stands, with all of it that there is. */
export type ResponseLifecycleEvent =
  | ResponseCreatedEvent
  | ResponseQueuedEvent
  | ResponseInProgressEvent
  | ResponseCompletedEvent
  | ResponseIncompleteEvent
  | ResponseFailedEvent;
