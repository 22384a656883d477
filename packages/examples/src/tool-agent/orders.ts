/** An order of a shop. */
export interface Order {
  readonly number: number;
  readonly item: string;
  readonly status: 'open' | 'sent' | 'cancelled';
}

/** A shop's orders, where yours may have a database. */
export class Orders {
  readonly #orders: Map<number, Order>;

  constructor(orders: readonly Order[]) {
    this.#orders = new Map(orders.map((order) => [order.number, order]));
  }

  /** @throws Error when there is none; the message is for the model. */
  find(number: number): Order {
    const order = this.#orders.get(number);
    if (order === undefined) throw new Error(`There is no order ${number}.`);
    return order;
  }

  /** @throws Error when it cannot be cancelled any more. */
  cancel(number: number): Order {
    const order = this.find(number);
    if (order.status !== 'open') throw new Error(`Order ${number} is ${order.status} already.`);
    const cancelled: Order = { ...order, status: 'cancelled' };
    this.#orders.set(number, cancelled);
    return cancelled;
  }
}
