import { beforeAll, describe, expect, it } from 'vitest';
import type { TestFramework } from './contract.ts';
import { brokenPromises } from './contract-run.test.support.ts';
import { describeHttpTransportContract } from './http-transport-contract.ts';
import { ReferenceTransport, type TransportFault } from './reference-transport.test.support.ts';

describeHttpTransportContract({
  describe,
  it,
  create: () => new ReferenceTransport(),
  destroy: (transport) => transport.close?.(),
});

const FAULTS: Readonly<Record<TransportFault, string>> = {
  'sends GET for all': 'every method arrives with path, query and headers',
  'drops headers': 'every method arrives with path, query and headers',
  'sends latin-1': 'text is sent as UTF-8 and bytes as they are',
  'throws for an error status': 'any status is a response, not an error, and nothing is sent twice',
  'retries 503': 'any status is a response, not an error, and nothing is sent twice',
  'keeps the first of repeated headers':
    'response headers have lower-case names, and repeated ones are joined by a comma',
  'drops the query from url': 'url says where the response came from',
  'throws raw errors': 'a connection that is refused is a typed error',
  'accepts a body that broke off':
    'a body that breaks off is a typed error, after what has arrived',
  'ignores the signal': 'an abort while the head is awaited rejects send()',
  'rejects with an error of its own': 'an abort while the head is awaited rejects send()',
  'leaves listeners': 'no listener is left on the signal once a response is complete',
  'sends though aborted': 'an aborted signal rejects with its reason, and nothing is sent',
  'keeps the connection after an abort': 'an abort while the head is awaited rejects send()',
  'reads all before the head': 'sendStreaming() resolves with the head',
  'keeps reading when the reader leaves': 'leaving the loop closes the connection',
  'ignores cancel': 'cancel() closes the connection, and may be called again',
  'reads ahead without end': 'reading slowly slows the sender down',
  'drops the content type of a body': 'a streaming body arrives whole, with its content type',
  'opens a body once': 'every request opens a streaming body anew',
  'takes a body without waiting': 'a streaming body is read no faster than it is taken',
  'keeps a body after an abort': 'an abort while a streaming body is sent rejects with the reason',
  'is deaf to early answers':
    'an answer that comes before a streaming body is sent whole is the response',
  'throws what a body throws': 'a streaming body that fails is a typed error',
  'believes the size of a body': 'a streaming body of another size than it says',
  'calls every failure retryable': 'what fails after a body was read that can be read once only',
  'closes at once': 'close() waits for the responses in use',
  'leaves idle connections': 'close() closes idle connections',
};

describe('describeHttpTransportContract', () => {
  const broken = new Map<string, string[]>();

  // All at once: a case that shows a fault by hanging takes its 4 seconds.
  beforeAll(async () => {
    const runs = Object.entries(FAULTS).map(async ([fault, promise]) => {
      const register = (framework: TestFramework): void =>
        describeHttpTransportContract({
          ...framework,
          create: () => new ReferenceTransport(fault as TransportFault),
        });
      broken.set(fault, await brokenPromises(register, promise));
    });
    await Promise.all(runs);
  }, 60_000);

  it.each(Object.entries(FAULTS))('fails a transport that %s', (fault, promise) => {
    expect(broken.get(fault)).toEqual([expect.stringContaining(promise)]);
  });
});
