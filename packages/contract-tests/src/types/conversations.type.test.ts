import type * as Ours from '@integrations/openai';
import type * as Theirs from 'openai/resources/conversations/conversations';
import type * as Items from 'openai/resources/conversations/items';
import { describe, expectTypeOf, it } from 'vitest';
import type { Mutual } from './mutual.ts';

describe('types of conversations', () => {
  it('requests', () => {
    expectTypeOf<
      Mutual<
        Omit<Ours.ConversationCreateRequest, 'items'>,
        Omit<Theirs.ConversationCreateParams, 'items'>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationUpdateRequest, Theirs.ConversationUpdateParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<
        Omit<Ours.ConversationItemCreateRequest, 'items'>,
        Omit<Items.ItemCreateParams, 'items'>
      >
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationItemRetrieveRequest, Items.ItemRetrieveParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationItemDeleteRequest, Items.ItemDeleteParams>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationItemListQuery, Items.ItemListParams>
    >().toEqualTypeOf<true>();
  });

  it('items, which are the input of responses', () => {
    expectTypeOf<NonNullable<Ours.ConversationCreateRequest['items']>>().toEqualTypeOf<
      readonly Ours.ResponseInputItem[]
    >();
    expectTypeOf<Ours.ConversationItemCreateRequest['items']>().toEqualTypeOf<
      readonly Ours.ResponseInputItem[]
    >();
  });

  it('results', () => {
    expectTypeOf<Mutual<Ours.Conversation, Theirs.Conversation>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationDeleted, Theirs.ConversationDeletedResource>
    >().toEqualTypeOf<true>();
    expectTypeOf<Mutual<Ours.ConversationItem, Items.ConversationItem>>().toEqualTypeOf<true>();
    expectTypeOf<
      Mutual<Ours.ConversationItemList, Items.ConversationItemList>
    >().toEqualTypeOf<true>();
  });
});
