import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatorError } from './simulator-error.ts';

/** Starts listening. @throws SimulatorError `port_in_use` or `listen_failed` */
export async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, port, host);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new SimulatorError('listen_failed', `The simulator listens on ${host}, but on no port.`);
  }
  return address;
}

function listenError(error: unknown, port: number, host: string): SimulatorError {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is in use. Choose another, or 0 for any free one.`;
    return new SimulatorError('port_in_use', message, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new SimulatorError(
    'listen_failed',
    `The simulator cannot listen on port ${port} of ${host}: ${reason}.`,
    { cause: error },
  );
}
