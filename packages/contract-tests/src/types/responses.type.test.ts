import type * as Ours from '@integrations/openai';
import type { InputItemListParams, ResponseItemList } from 'openai/resources/responses/input-items';
import type {
  InputTokenCountParams,
  InputTokenCountResponse,
} from 'openai/resources/responses/input-tokens';
import type * as Theirs from 'openai/resources/responses/responses';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual, SameValues } from './mutual.ts';

type WithoutInput<Request extends { readonly input?: unknown }> = Omit<Request, 'input'>;

/** Theirs has a function that makes these fit; the API takes them as they are. */
type OutputOnly = Ours.AsRequest<
  Ours.ResponseAdditionalTools | Ours.ResponseComputerToolCallOutputItem
>;

describe('types of responses', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<
        WithoutInput<Ours.ResponseCreateRequest>,
        WithoutInput<Theirs.ResponseCreateParamsBase>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        WithoutInput<Ours.ResponseStreamRequest>,
        WithoutInput<Theirs.ResponseCreateParamsStreaming>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ResponseRetrieveQuery, Theirs.ResponseRetrieveParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<WithoutInput<Ours.ResponseCompactRequest>, WithoutInput<Theirs.ResponseCompactParams>>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<WithoutInput<Ours.InputTokenCountRequest>, WithoutInput<InputTokenCountParams>>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.InputItemListQuery, InputItemListParams>>().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Response, Theirs.Response>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.CompactedResponse, Theirs.CompactedResponse>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ResponseItemList, ResponseItemList>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.InputTokenCount, InputTokenCountResponse>>().toEqualTypeOf<true>();
  });

  it('items and tools', () => {
    expectTypeOf<
      Mutual<Ours.ResponseOutputItem, Theirs.ResponseOutputItem>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ResponseItem, Theirs.ResponseItem>>().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ResponseTool, Theirs.Tool>>().toEqualTypeOf<true>();
  });

  it('events, one by one', () => {
    expectTypeOf<
      Mutual<Ours.ResponseStreamEvent, Theirs.ResponseStreamEvent>
    >().toEqualTypeOf<true>();
    type Types = Ours.ResponseStreamEvent['type'];
    type Different = {
      [Type in Types]: Mutual<
        Ours.ResponseStreamEventOf<Type>,
        Extract<Theirs.ResponseStreamEvent, { type: Type }>
      > extends true
        ? never
        : Type;
    }[Types];
    expectTypeOf<Different>().toEqualTypeOf<never>();
  });

  it('input, which of ours may be any output as it came', () => {
    expectTypeOf<
      SameValues<Exclude<Ours.ResponseInputItem, OutputOnly>, Theirs.ResponseInputItem>
    >().toEqualTypeOf<true>();
    expectTypeOf<Ours.ResponseOutputItem>().toExtend<Ours.ResponseInputItem>();
    expectTypeOf<Ours.ResponseRequest['input']>().toEqualTypeOf<
      string | readonly Ours.ResponseInputItem[] | undefined
    >();
  });
});
