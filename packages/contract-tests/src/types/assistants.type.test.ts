import type * as Ours from '@integrations/openai';
import type * as Assistants from 'openai/resources/beta/assistants';
import type * as Messages from 'openai/resources/beta/threads/messages';
import type * as Runs from 'openai/resources/beta/threads/runs/runs';
import type * as Steps from 'openai/resources/beta/threads/runs/steps';
import type * as Threads from 'openai/resources/beta/threads/threads';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of assistants', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.AssistantRequest, Assistants.AssistantCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.AssistantUpdate, Assistants.AssistantUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.TwoWayCursorQuery, Assistants.AssistantListParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Assistant, Assistants.Assistant>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.AssistantDeleted, Assistants.AssistantDeleted>
    >().toEqualTypeOf<true>();
  });
});

describe('types of threads', () => {
  it('requests', () => {
    expectTypeOf<Mutual<Ours.ThreadRequest, Threads.ThreadCreateParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ThreadUpdate, Threads.ThreadUpdateParams>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ThreadRunRequest, Omit<Threads.ThreadCreateAndRunParamsNonStreaming, 'stream'>>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ThreadMessageRequest, Messages.MessageCreateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ThreadMessageUpdate, Messages.MessageUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ThreadMessageQuery, Messages.MessageListParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Thread, Threads.Thread>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ThreadDeleted, Threads.ThreadDeleted>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ThreadMessage, Messages.Message>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ThreadMessageDeleted, Messages.MessageDeleted>
    >().toEqualTypeOf<true>();
  });
});

describe('types of runs', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.RunRequest, Omit<Runs.RunCreateParamsNonStreaming, 'stream'>>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.RunUpdate, Runs.RunUpdateParams>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ToolOutputsRequest, Omit<Runs.RunSubmitToolOutputsParamsNonStreaming, 'stream'>>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.RunStepParams, Steps.StepRetrieveParams>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.RunStepQuery, Steps.StepListParams>>().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Run, Runs.Run>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.RunStep, Steps.RunStep>>().toEqualTypeOf<true>();
  });

  it('events', () => {
    // An `error` event is thrown as the error that it carries, so it is none of ours.
    type TheirEvent = Exclude<Assistants.AssistantStreamEvent, { event: 'error' }>;
    expectTypeOf<Mutual<Ours.RunStreamEvent, TheirEvent>>().toEqualTypeOf<true>();
  });
});
