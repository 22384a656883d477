import { type RunnableTool, zodFunction } from '@integrations/openai';
import { z } from 'zod';
import type { Orders } from './orders.ts';

/** Asked before something is done that cannot be undone. */
export type Approve = (action: string, signal: AbortSignal) => Promise<boolean>;

const parameters = z.object({ number: z.int().positive() });

/** What the model may do with orders. What a tool throws is told to the model. */
export function orderTools(orders: Orders, approve: Approve): RunnableTool[] {
  return [
    zodFunction({
      name: 'find_order',
      description: 'Item and status of an order.',
      parameters,
      function: ({ number }) => orders.find(number),
    }),
    zodFunction({
      name: 'cancel_order',
      description: 'Cancels an order that has not been sent. The customer is asked first.',
      parameters,
      function: async ({ number }, { signal }) => {
        const { item } = orders.find(number);
        // The model decides what to ask for, never whether it is done.
        const isApproved = await approve(`cancel order ${number}, ${item}`, signal);
        if (!isApproved) throw new Error('The customer does not want that.');
        return orders.cancel(number);
      },
    }),
  ];
}
