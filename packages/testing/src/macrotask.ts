import { MessageChannel, type MessagePort } from 'node:worker_threads';

interface Turn {
  readonly receiver: MessagePort;
  readonly sender: MessagePort;
}

let turn: Turn | undefined;
let waiting: (() => void)[] = [];

function openTurn(): Turn {
  const { port1: receiver, port2: sender } = new MessageChannel();
  receiver.on('message', () => {
    const resolvers = waiting;
    waiting = [];
    receiver.unref();
    for (const resolve of resolvers) resolve();
  });
  sender.unref();
  return { receiver, sender };
}

/**
 * Resolves in a later turn of the event loop, when every promise reaction that
 * could run has run, however long the chain. A message is used, not a timer, so
 * that faked timers change nothing.
 */
export function microtasksDrained(): Promise<void> {
  turn ??= openTurn();
  const { receiver, sender } = turn;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length > 1) return;
    receiver.ref();
    sender.postMessage(undefined, []);
  });
}
