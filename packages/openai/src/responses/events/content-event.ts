import type {
  ResponseAnnotation,
  ResponseOutputContent,
  ResponseReasoningText,
  ResponseSummaryText,
} from '../content/output-content.ts';
import type { ResponseOutputItem } from '../items/item.ts';
import type { ItemEvent, Named, PartEvent, SequencedEvent } from './event-base.ts';

interface OutputItemEvent extends SequencedEvent {
  item: ResponseOutputItem;
  output_index: number;
}

/** An item begins. */
export interface ResponseOutputItemAddedEvent extends OutputItemEvent {
  type: 'response.output_item.added';
}

/** An item is whole. */
export interface ResponseOutputItemDoneEvent extends OutputItemEvent {
  type: 'response.output_item.done';
}

interface ContentPartEvent extends PartEvent {
  part: ResponseOutputContent | ResponseReasoningText;
}

/** A part of an item begins. */
export interface ResponseContentPartAddedEvent extends ContentPartEvent {
  type: 'response.content_part.added';
}

/** A part of an item is whole. */
export interface ResponseContentPartDoneEvent extends ContentPartEvent {
  type: 'response.content_part.done';
}

/** The probability of a token, as events tell it. */
export interface ResponseEventLogprob {
  token: string;
  logprob: number;
  top_logprobs?: { token?: string; logprob?: number }[];
}

/** Text goes on. */
export interface ResponseTextDeltaEvent extends PartEvent {
  type: 'response.output_text.delta';
  delta: string;
  logprobs: ResponseEventLogprob[];
}

/** Text is whole. */
export interface ResponseTextDoneEvent extends PartEvent {
  type: 'response.output_text.done';
  text: string;
  logprobs: ResponseEventLogprob[];
}

/** Text refers to something. */
export interface ResponseOutputTextAnnotationAddedEvent extends PartEvent {
  type: 'response.output_text.annotation.added';
  annotation: ResponseAnnotation | null;
  annotation_index: number;
}

/** A refusal goes on. */
export interface ResponseRefusalDeltaEvent extends PartEvent {
  type: 'response.refusal.delta';
  delta: string;
}

/** A refusal is whole. */
export interface ResponseRefusalDoneEvent extends PartEvent {
  type: 'response.refusal.done';
  refusal: string;
}

/** What the model thinks goes on. */
export interface ResponseReasoningTextDeltaEvent extends PartEvent {
  type: 'response.reasoning_text.delta';
  delta: string;
}

/** What the model thinks is whole. */
export interface ResponseReasoningTextDoneEvent extends PartEvent {
  type: 'response.reasoning_text.done';
  text: string;
}

interface SummaryEvent extends ItemEvent {
  /** Position in the item's `summary`. */
  summary_index: number;
}

/** A part of the summary begins. */
export interface ResponseReasoningSummaryPartAddedEvent extends SummaryEvent {
  type: 'response.reasoning_summary_part.added';
  part: ResponseSummaryText;
}

/** A part of the summary is whole. */
export interface ResponseReasoningSummaryPartDoneEvent extends SummaryEvent {
  type: 'response.reasoning_summary_part.done';
  part: ResponseSummaryText;
  status?: 'incomplete';
}

/** The text of a summary goes on. */
export interface ResponseReasoningSummaryTextDeltaEvent extends SummaryEvent {
  type: 'response.reasoning_summary_text.delta';
  delta: string;
}

/** The text of a summary is whole. */
export interface ResponseReasoningSummaryTextDoneEvent extends SummaryEvent {
  type: 'response.reasoning_summary_text.done';
  text: string;
}

/** Speech, and what it says. */
export type ResponseAudioEvent =
  | (Named<'response.audio.delta' | 'response.audio.transcript.delta', SequencedEvent> & {
      /** Base64 of the speech; the text of the transcript. */
      delta: string;
    })
  | Named<'response.audio.done' | 'response.audio.transcript.done', SequencedEvent>;

/** What an item holds, as it comes. */
export type ResponseContentEvent =
  | ResponseOutputItemAddedEvent
  | ResponseOutputItemDoneEvent
  | ResponseContentPartAddedEvent
  | ResponseContentPartDoneEvent
  | ResponseTextDeltaEvent
  | ResponseTextDoneEvent
  | ResponseOutputTextAnnotationAddedEvent
  | ResponseRefusalDeltaEvent
  | ResponseRefusalDoneEvent
  | ResponseReasoningTextDeltaEvent
  | ResponseReasoningTextDoneEvent
  | ResponseReasoningSummaryPartAddedEvent
  | ResponseReasoningSummaryPartDoneEvent
  | ResponseReasoningSummaryTextDeltaEvent
  | ResponseReasoningSummaryTextDoneEvent
  | ResponseAudioEvent;
