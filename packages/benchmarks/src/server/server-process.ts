// The server in a process of its own, so that its CPU time is not the client's: node server-process.js, with an IPC channel.
import type { AddressInfo } from 'node:net';
import { createBenchmarkServer } from './server.ts';

/** Connections that wait to be taken: ten thousand may come at once. */
const BACKLOG = 16_384;

process.once('disconnect', () => process.exit(0));

const server = createBenchmarkServer();
// A connection that is closed while a case is prepared would be measured as a new one.
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
  process.send?.((server.address() as AddressInfo).port);
});
