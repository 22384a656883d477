import fs from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, SerializationError } from '@integrations/errors';
import { formParts, MultipartBody, UndiciTransport } from '@integrations/transport';
import type { HttpRequest } from '@integrations/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileFromPath } from './file-from-path.ts';
import { failure } from './manual-response.test.support.ts';
import { readUploadable } from './uploadable.ts';

const SIZE = 20 * 1024 * 1024;

describe('fileFromPath', () => {
  let folder: string;
  let path: string;
  /** Every stream that was opened on a file. */
  let opened: fs.ReadStream[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upload-'));
    path = join(folder, 'data.jsonl');
    await writeFile(path, Buffer.alloc(SIZE, 97));
    opened = [];
    const { createReadStream } = fs;
    vi.spyOn(fs, 'createReadStream').mockImplementation((...args) => {
      const stream = createReadStream(...args);
      opened.push(stream);
      return stream;
    });
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    await rm(folder, { recursive: true });
  });

  /** Waits until nothing that was opened is open. */
  async function allClosed(): Promise<void> {
    for (const stream of opened) if (!stream.closed) await once(stream, 'close');
  }

  it('knows name and size, and opens the file for each reading', async () => {
    const file = await fileFromPath(path, { type: 'application/jsonl' });
    expect(file).toMatchObject({
      name: 'data.jsonl',
      contentType: 'application/jsonl',
      size: SIZE,
    });
    expect((await fileFromPath(path, { name: 'other' })).name).toBe('other');
    expect(opened).toHaveLength(0);
    for (let count = 1; count <= 2; count += 1) {
      let bytes = 0;
      for await (const chunk of file.stream()) bytes += chunk.length;
      expect([bytes, opened.length, file.replayable]).toEqual([SIZE, count, true]);
    }
    await allClosed();
  });

  it.each([
    ['nothing', 'none.txt', 'ENOENT'],
    ['a folder', '', 'it is no file'],
  ])('refuses %s', async (_name, name, problem) => {
    const error = await failure(fileFromPath(join(folder, name)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining(problem) });
  });

  it('says so where there is no file system', async () => {
    vi.stubGlobal('process', {});
    const error = await failure(fileFromPath(path));
    vi.unstubAllGlobals();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringContaining('needs the file system') });
  });

  describe('over sockets', () => {
    let server: Server;
    let transport: UndiciTransport;
    let answer: Parameters<typeof createServer>[1];

    beforeEach(async () => {
      server = createServer((request, response) => answer?.(request, response as never));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      transport = new UndiciTransport();
    });

    afterEach(async () => {
      await transport.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    async function request(signal?: AbortSignal): Promise<HttpRequest> {
      const form = formParts({ file: await fileFromPath(path) }, readUploadable);
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/`;
      const sent = { method: 'POST', url, headers: {}, body: new MultipartBody(form) } as const;
      return signal === undefined ? sent : { ...sent, signal };
    }

    it('closes the file when it was sent whole', async () => {
      let bytes = 0;
      answer = (received, response) => {
        received.on('data', (chunk: Buffer) => (bytes += chunk.length));
        received.on('end', () => response.end());
      };
      const sent = await request();
      expect((await transport.send(sent)).status).toBe(200);
      expect(bytes).toBe((sent.body as MultipartBody).size);
      await allClosed();
      expect(opened).toHaveLength(1);
    });

    it('closes the file when the server refuses it', async () => {
      answer = (_received, response) => void response.writeHead(413, { connection: 'close' }).end();
      expect((await transport.send(await request())).status).toBe(413);
      await allClosed();
    });

    it('closes the file when the connection breaks', async () => {
      answer = (received) => void received.once('data', () => received.socket.destroy());
      expect(await failure(transport.send(await request()))).toMatchObject({ code: 'connection' });
      await allClosed();
      expect(opened).toHaveLength(1);
    });

    it('closes the file when the call is aborted', async () => {
      const controller = new AbortController();
      answer = (received) => {
        received.pause();
        controller.abort();
      };
      const sent = transport.send(await request(controller.signal));
      expect(await failure(sent)).toMatchObject({ code: 'aborted' });
      await allClosed();
    });

    it('gives up when the file has become another', async () => {
      answer = (received) => void received.resume();
      const sent = await request();
      await writeFile(path, 'short');
      expect(await failure(transport.send(sent))).toMatchObject({ code: 'validation' });
      await allClosed();
    });

    it('gives up when the file has gone', async () => {
      answer = (received) => void received.resume();
      const sent = await request();
      await rm(path);
      expect(await failure(transport.send(sent))).toBeInstanceOf(SerializationError);
      await allClosed();
    });
  });
});
