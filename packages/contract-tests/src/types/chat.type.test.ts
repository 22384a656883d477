import type * as Ours from '@integrations/openai';
import type { AutoParseableTextFormat } from 'openai/lib/parser';
import type * as Theirs from 'openai/resources/chat/completions/completions';
import type * as TheirResponses from 'openai/resources/responses/responses';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual, SameValues } from './mutual.ts';

describe('types of chat completions', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.ChatCompletionCreateRequest, Theirs.ChatCompletionCreateParamsBase>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ChatCompletionStreamRequest, Theirs.ChatCompletionCreateParamsStreaming>
    >().toEqualTypeOf<true>();
  });

  it('messages, each by itself', () => {
    expectTypeOf<
      Mutual<Ours.ChatMessage, Theirs.ChatCompletionMessageParam>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        Ours.InstructionMessage,
        Theirs.ChatCompletionDeveloperMessageParam | Theirs.ChatCompletionSystemMessageParam
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.UserMessage, Theirs.ChatCompletionUserMessageParam>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.AssistantMessageInput, Theirs.ChatCompletionAssistantMessageParam>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ToolMessage, Theirs.ChatCompletionToolMessageParam>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.UserContentPart, Theirs.ChatCompletionContentPart>
    >().toEqualTypeOf<true>();
  });

  it('tools', () => {
    expectTypeOf<
      Mutual<Ours.FunctionTool | Ours.CustomTool, Theirs.ChatCompletionTool>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ToolChoice, Theirs.ChatCompletionToolChoiceOption>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.ChatCompletion, Theirs.ChatCompletion>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ChatCompletionChunk, Theirs.ChatCompletionChunk>
    >().toEqualTypeOf<true>();
    expectTypeOf<Ours.AssistantMessage>().toExtend<Ours.ChatMessage>();
  });

  it('results that have been read', () => {
    interface Output {
      readonly mood: string;
    }
    // Theirs narrows the calls to those of functions, which other calls may stand among.
    expectTypeOf<
      SameValues<
        Omit<Ours.ParsedMessage<Output>, 'tool_calls'>,
        Omit<Theirs.ParsedChatCompletionMessage<Output>, 'tool_calls'>
      >
    >().toEqualTypeOf<true>();
  });
});

describe('types of responses that have been read', () => {
  interface Output {
    readonly mood: string;
  }

  it('are theirs', () => {
    expectTypeOf<
      SameValues<
        Omit<Ours.ParsedResponse<Output>, 'output'>,
        Omit<TheirResponses.ParsedResponse<Output>, 'output'>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<Ours.ParsedResponse<Output>['output'][number]['type']>().toEqualTypeOf<
      Ours.ResponseOutputItem['type']
    >();
  });

  it('come of the same formats', () => {
    expectTypeOf<
      SameValues<
        Omit<Ours.ParseableTextFormat<Output>, symbol>,
        Pick<AutoParseableTextFormat<Output>, 'type' | 'name' | 'description' | 'schema'> & {
          strict: true;
        }
      >
    >().toEqualTypeOf<true>();
  });
});
