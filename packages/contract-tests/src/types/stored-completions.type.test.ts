import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/chat/completions/completions';
import type * as Messages from 'openai/resources/chat/completions/messages';
import type * as Models from 'openai/resources/models';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of stored completions', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<Ours.StoredCompletionQuery, Theirs.ChatCompletionListParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.StoredCompletionUpdate, Theirs.ChatCompletionUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.OrderedCursorQuery, Messages.MessageListParams>
    >().toEqualTypeOf<true>();
  });

  it('results', () => {
    expectTypeOf<
      Mutual<Ours.StoredCompletionDeleted, Theirs.ChatCompletionDeleted>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.StoredMessage, Theirs.ChatCompletionStoreMessage>
    >().toEqualTypeOf<true>();
  });
});

describe('types of models', () => {
  it('deletion', () => {
    expectTypeOf<Mutual<Ours.ModelDeleted, Models.ModelDeleted>>().toEqualTypeOf<true>();
  });
});
