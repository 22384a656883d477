import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface RunningServer {
  readonly origin: string;
  /** Ends it, once all who asked for it have done so. */
  close(): Promise<void>;
}

interface Shared {
  readonly child: ChildProcess;
  readonly origin: string;
  users: number;
}

const ownExtension = extname(fileURLToPath(import.meta.url));
const serverPath = fileURLToPath(new URL(`./server-process${ownExtension}`, import.meta.url));

/** A case and its floor have one server: two would take turns in the caches. */
let shared: Promise<Shared> | undefined;

async function start(): Promise<Shared> {
  const child = fork(serverPath, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return { child, origin: `http://127.0.0.1:${port}`, users: 0 };
}

async function leave(server: Shared): Promise<void> {
  server.users -= 1;
  if (server.users > 0) return;
  shared = undefined;
  const ended = once(server.child, 'exit');
  server.child.disconnect();
  await ended;
}

/** The server of this process, which is started for the first who asks. */
export async function startServer(): Promise<RunningServer> {
  shared ??= start();
  const server = await shared;
  server.users += 1;
  return { origin: server.origin, close: () => leave(server) };
}
