// A process of its own, so that its CPU time is not the client's: node loopback-server.js, with an IPC channel.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerSource } from './answers.ts';

process.once('disconnect', () => process.exit(0));

const nextAnswer = answerSource();
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    const { headers, body } = nextAnswer();
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
