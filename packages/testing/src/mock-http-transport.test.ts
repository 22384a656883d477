import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '@integrations/types';
import { MockHttpTransport, type MockReply } from './mock-http-transport.ts';

const decoder = new TextDecoder();

function request(path = '/', signal?: AbortSignal): HttpRequest {
  const plain = {
    method: 'POST',
    url: `https://api.test${path}`,
    headers: {},
    body: '{}',
  } as const;
  return signal === undefined ? plain : { ...plain, signal };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of body) chunks.push(decoder.decode(chunk));
  return chunks;
}

describe('MockHttpTransport.send', () => {
  it('answers from the script in order and keeps the requests', async () => {
    const transport = new MockHttpTransport()
      .respond({ json: { id: 'a' } })
      .respond({ status: 429, headers: { 'retry-after': '2' }, text: 'slow down' })
      .respond({ body: new Uint8Array([1, 2]) })
      .respond();
    expect(transport.remaining).toBe(4);
    const first = await transport.send(request('/1'));
    expect(first.status).toBe(200);
    expect(first.url).toBe('https://api.test/1');
    expect(first.headers).toEqual({ 'content-type': 'application/json' });
    expect(decoder.decode(first.body)).toBe('{"id":"a"}');
    const second = await transport.send(request('/2'));
    expect(second.status).toBe(429);
    expect(second.headers).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'retry-after': '2',
    });
    expect((await transport.send(request('/3'))).body).toEqual(new Uint8Array([1, 2]));
    const empty = await transport.send(request('/4'));
    expect([empty.body.length, empty.headers]).toEqual([0, {}]);
    expect(transport.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/1',
      '/2',
      '/3',
      '/4',
    ]);
    expect([transport.remaining, transport.openStreams]).toEqual([0, 0]);
  });

  it('keeps the headers and the address that the reply names', async () => {
    const transport = new MockHttpTransport().respond({
      json: null,
      headers: { 'content-type': 'application/problem+json' },
      url: 'https://moved.test/',
    });
    const response = await transport.send(request());
    expect(response.headers).toEqual({ 'content-type': 'application/problem+json' });
    expect(response.url).toBe('https://moved.test/');
    expect(decoder.decode(response.body)).toBe('null');
  });

  it('fails with the very error that was scripted, then goes on', async () => {
    const failure = new Error('connection reset');
    const transport = new MockHttpTransport().fail(failure).respond();
    await expect(transport.send(request())).rejects.toBe(failure);
    expect((await transport.send(request())).status).toBe(200);
  });

  it('asks the handler when the script is over', async () => {
    const transport = new MockHttpTransport({
      handler: async ({ url }, index): Promise<MockReply> => ({ json: { url, index } }),
    }).respond({ text: 'scripted' });
    const bodies: string[] = [];
    for (const path of ['/a', '/b']) {
      bodies.push(decoder.decode((await transport.send(request(path))).body));
    }
    expect(bodies).toEqual(['scripted', '{"url":"https://api.test/b","index":1}']);
  });

  it('rejects when a handler throws', async () => {
    const transport = new MockHttpTransport({
      handler: () => {
        throw new RangeError('handler broke');
      },
    });
    await expect(transport.send(request())).rejects.toThrow('handler broke');
  });

  it('says what was not scripted', async () => {
    await expect(new MockHttpTransport().send(request('/chat'))).rejects.toThrow(
      'no answer for request 0, POST https://api.test/chat: script one with respond()',
    );
  });

  it('reads a scripted stream to its end, or to its break', async () => {
    const cut = new Error('cut');
    const transport = new MockHttpTransport().stream(['a', 'b']).stream(['a', cut]);
    expect(decoder.decode((await transport.send(request())).body)).toBe('ab');
    await expect(transport.send(request())).rejects.toBe(cut);
    expect(transport.openStreams).toBe(0);
  });

  it('answers nothing more once it is closed', async () => {
    const transport = new MockHttpTransport().respond();
    await transport.close();
    expect(transport.closed).toBe(true);
    await expect(transport.send(request())).rejects.toThrow('has been closed');
  });
});

describe('MockHttpTransport.sendStreaming', () => {
  it('gives the chunks as they were scripted', async () => {
    const transport = new MockHttpTransport().stream(['data: 1\n\n', new Uint8Array([97])], {
      status: 201,
      headers: { 'x-request-id': 'r1' },
    });
    const response = await transport.sendStreaming(request());
    expect(response.status).toBe(201);
    expect(response.headers).toEqual({
      'content-type': 'text/event-stream',
      'x-request-id': 'r1',
    });
    expect(transport.openStreams).toBe(1);
    expect(await textOf(response.body)).toEqual(['data: 1\n\n', 'a']);
    expect(transport.openStreams).toBe(0);
  });

  it('gives a whole response as one chunk', async () => {
    const transport = new MockHttpTransport().respond({ status: 400, json: { error: 'bad' } });
    const response = await transport.sendStreaming(request());
    expect(response.status).toBe(400);
    expect(await textOf(response.body)).toEqual(['{"error":"bad"}']);
  });

  it('can be iterated once', async () => {
    const { body } = await new MockHttpTransport().stream(['a']).sendStreaming(request());
    await textOf(body);
    await expect(textOf(body)).rejects.toThrow('can be iterated once');
  });

  it('closes the body when the loop is left', async () => {
    const transport = new MockHttpTransport().stream(['a', 'b']);
    const { body } = await transport.sendStreaming(request());
    for await (const chunk of body) {
      expect(decoder.decode(chunk)).toBe('a');
      break;
    }
    expect(transport.openStreams).toBe(0);
  });

  it('ends quietly when it is cancelled without a reason, and throws a reason', async () => {
    const transport = new MockHttpTransport().stream(['a']).stream(['a']).stream(['a']);
    const quiet = await transport.sendStreaming(request());
    quiet.cancel();
    expect(await textOf(quiet.body)).toEqual([]);
    const loud = await transport.sendStreaming(request());
    loud.cancel('no interest');
    loud.cancel('again');
    await expect(textOf(loud.body)).rejects.toBe('no interest');
    const unread = await transport.sendStreaming(request());
    unread.cancel();
    expect(transport.openStreams).toBe(0);
  });

  it('is not disturbed by a cancellation after the end', async () => {
    const transport = new MockHttpTransport().stream(['a']);
    const response = await transport.sendStreaming(request());
    expect(await textOf(response.body)).toEqual(['a']);
    response.cancel('late');
    expect(transport.openStreams).toBe(0);
  });

  it('stays open after the last chunk until it is cancelled', async () => {
    const transport = new MockHttpTransport().stream(['a'], { stayOpen: true });
    const response = await transport.sendStreaming(request());
    const iterator = response.body[Symbol.asyncIterator]();
    await iterator.next();
    let ended = false;
    const end = iterator.next().then((result) => {
      ended = true;
      return result.done;
    });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect([ended, transport.openStreams]).toEqual([false, 1]);
    response.cancel();
    expect(await end).toBe(true);
  });

  it('ends an open body that was cancelled before it was read', async () => {
    const response = await new MockHttpTransport()
      .stream([], { stayOpen: true })
      .sendStreaming(request());
    response.cancel();
    expect(await textOf(response.body)).toEqual([]);
  });
});

describe('MockHttpTransport and signals', () => {
  it('never sees a request that was aborted already', async () => {
    const transport = new MockHttpTransport().respond();
    const reason = new Error('too late');
    const aborted = request('/', AbortSignal.abort(reason));
    await expect(transport.send(aborted)).rejects.toBe(reason);
    await expect(transport.sendStreaming(aborted)).rejects.toBe(reason);
    expect([transport.requests.length, transport.remaining]).toEqual([0, 1]);
  });

  it('ends a request that hangs', async () => {
    const transport = new MockHttpTransport().hang();
    const controller = new AbortController();
    const sent = transport.send(request('/', controller.signal));
    const failure = sent.catch((error: unknown) => error);
    controller.abort('given up');
    expect(await failure).toBe('given up');
    expect(transport.requests).toHaveLength(1);
  });

  it('ends a request whose handler aborts it as it answers', async () => {
    const controller = new AbortController();
    const transport = new MockHttpTransport({
      handler: () => {
        controller.abort('from the handler');
        return {};
      },
    });
    await expect(transport.sendStreaming(request('/', controller.signal))).rejects.toBe(
      'from the handler',
    );
    expect(transport.openStreams).toBe(0);
  });

  it('leaves no listener on a signal that is never aborted', async () => {
    const transport = new MockHttpTransport().respond().fail(new Error('broken')).stream(['a']);
    const { signal } = new AbortController();
    await transport.send(request('/', signal));
    await expect(transport.send(request('/', signal))).rejects.toThrow('broken');
    const response = await transport.sendStreaming(request('/', signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    response.cancel();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it.each(Array.from({ length: 20 }, (_, turns) => turns))(
    'loses no abort that comes %d turns after the request',
    async (turns) => {
      const transport = new MockHttpTransport().stream(['a'], { stayOpen: true });
      const controller = new AbortController();
      const outcome = transport
        .sendStreaming(request('/', controller.signal))
        .then((response) => textOf(response.body))
        .catch((error: unknown) => error);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      controller.abort('stop');
      expect(await outcome).toBe('stop');
      expect(transport.openStreams).toBe(0);
    },
  );

  it.each([{ stayOpen: false }, { stayOpen: true }])(
    'breaks a body that is being read, %o',
    async (options) => {
      const transport = new MockHttpTransport().stream(['a', 'b', 'c'], options);
      const controller = new AbortController();
      const { body } = await transport.sendStreaming(request('/', controller.signal));
      const seen: string[] = [];
      const reading = (async () => {
        for await (const chunk of body) {
          seen.push(decoder.decode(chunk));
          if (seen.length === 2) controller.abort('stop');
        }
      })();
      await expect(reading).rejects.toBe('stop');
      expect([seen, transport.openStreams]).toEqual([['a', 'b'], 0]);
    },
  );

  it('breaks a body that nothing more comes from', async () => {
    const transport = new MockHttpTransport().stream(['a'], { stayOpen: true });
    const controller = new AbortController();
    const sent = transport.send(request('/', controller.signal));
    const failure = sent.catch((error: unknown) => error);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(transport.openStreams).toBe(1);
    controller.abort('idle');
    expect(await failure).toBe('idle');
    expect(transport.openStreams).toBe(0);
  });

  describe('with a streaming body', () => {
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      yield Buffer.from('bc');
    };
    const upload = (headers: HttpRequest['headers'] = {}): HttpRequest => ({
      ...request(),
      method: 'POST',
      headers,
      body: { contentType: 'text/x', stream },
    });

    it('reads it whole, and keeps it with its content type', async () => {
      const transport = new MockHttpTransport({
        handler: ({ body }) => ({ text: Buffer.from(body as Uint8Array).toString() }),
      });
      const { body } = await transport.send(upload());
      expect(Buffer.from(body).toString()).toBe('abc');
      await transport.send(upload({ 'content-type': 'text/y' }));
      const seen = transport.requests.map(({ headers, body: sent }) => [
        headers['content-type'],
        Buffer.from(sent as Uint8Array).toString(),
      ]);
      expect(seen).toEqual([
        ['text/x', 'abc'],
        ['text/y', 'abc'],
      ]);
    });

    it('ends by its signal while the body makes it wait', async () => {
      const transport = new MockHttpTransport();
      const controller = new AbortController();
      const reason = new Error('enough');
      const hanging = async function* (): AsyncGenerator<Uint8Array> {
        yield await new Promise<never>(() => undefined);
      };
      const sent = transport.send({
        ...upload(),
        body: { stream: hanging },
        signal: controller.signal,
      });
      controller.abort(reason);
      await expect(sent).rejects.toBe(reason);
      expect(transport.requests).toEqual([]);
    });
  });
});
