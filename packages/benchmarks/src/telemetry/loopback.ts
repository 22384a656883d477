import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server that answers every request with the same completion. */
interface Loopback {
  readonly baseURL: string;
  close(): Promise<void>;
}

const ownExtension = extname(fileURLToPath(import.meta.url));
const serverPath = fileURLToPath(new URL(`./loopback-server${ownExtension}`, import.meta.url));

/** Starts a server in a process of its own. */
export async function startLoopback(): Promise<Loopback> {
  const child = fork(serverPath, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
