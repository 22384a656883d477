import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormFile, type FormPart, formParts } from './form-parts.ts';
import { rejection, until } from './local-servers.test.support.ts';
import { MultipartBody, type MultipartOptions, type UploadProgress } from './multipart.ts';

function file(name: string, chunks: readonly Uint8Array[], more: Partial<FormFile> = {}): FormFile {
  return {
    name,
    async *stream() {
      yield* chunks;
    },
    ...more,
  };
}

async function read(body: MultipartBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The form as the platform's own parser reads it. */
async function parse(body: MultipartBody): Promise<[string, unknown][]> {
  const headers = { 'content-type': body.contentType };
  const form = await new Response(await read(body), { headers }).formData();
  return Promise.all(
    [...form].map(async ([name, value]): Promise<[string, unknown]> => {
      if (typeof value === 'string') return [name, value];
      const content = Buffer.from(await value.arrayBuffer()).toString('hex');
      return [name, { name: value.name, type: value.type, content }];
    }),
  );
}

function make(form: object, options?: MultipartOptions): MultipartBody {
  return new MultipartBody(formParts(form), options);
}

describe('MultipartBody', () => {
  it('is written as browsers write forms', async () => {
    const body = make(
      {
        purpose: 'x',
        file: file('ä"\r\n.txt', [Buffer.from('hello')], { contentType: 'text/plain' }),
      },
      { random: () => 0 },
    );
    expect(body.contentType).toBe('multipart/form-data; boundary=form-000000000000000000000000');
    expect((await read(body)).toString().split('\r\n')).toEqual([
      '--form-000000000000000000000000',
      'content-disposition: form-data; name="purpose"',
      '',
      'x',
      '--form-000000000000000000000000',
      'content-disposition: form-data; name="file"; filename="ä%22%0D%0A.txt"',
      'content-type: text/plain',
      '',
      'hello',
      '--form-000000000000000000000000--',
      '',
    ]);
  });

  // The escapes of browsers cannot be told from the same characters in a name.
  const name = fc
    .string({ unit: 'binary', maxLength: 20 })
    .filter((text) => !/%(?:0A|0D|22)/i.test(text));
  const content = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 });
  const aFile = fc
    .record({ name, content, type: fc.constantFrom('', 'text/plain', 'image/png') })
    .map((made) => file(made.name, made.content, { contentType: made.type }));
  const text = fc.string({ unit: 'binary', maxLength: 50 });
  const parts = fc.array(fc.record({ name, value: fc.oneof(text, aFile) }), { maxLength: 6 });

  async function expected({ name: field, value }: FormPart): Promise<[string, unknown]> {
    if (typeof value === 'string') return [field, value];
    const chunks: Uint8Array[] = [];
    for await (const chunk of value.stream()) chunks.push(chunk);
    const type = value.contentType || 'application/octet-stream';
    return [field, { name: value.name, type, content: Buffer.concat(chunks).toString('hex') }];
  }

  it('is read as what it was made of, whatever that is', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (made) => {
        // A form without parts is none to the parser.
        const form: FormPart[] = [...made, { name: 'last', value: 'x' }];
        const body = new MultipartBody(form);
        expect(await parse(body)).toEqual(await Promise.all(form.map(expected)));
      }),
    );
  });

  it('knows its size exactly where all files know theirs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content), text, async (files, field) => {
        const sized = files.map((chunks) =>
          file('a', chunks, { size: chunks.reduce((sum, { length }) => sum + length, 0) }),
        );
        const body = make({ field, files: sized });
        expect(body.size).toBe((await read(body)).length);
      }),
    );
    const unsized = make({ a: file('a', [], { size: 0 }), b: file('b', []) });
    expect(unsized.size).toBeUndefined();
  });

  it('can be sent again while all files can be read again', async () => {
    let isTaken = false;
    const once = file('b', [], {});
    Object.defineProperty(once, 'replayable', { get: () => !isTaken });
    const body = make({ a: file('a', [Buffer.from('x')]), b: once });
    expect(body.replayable).toBe(true);
    const first = await read(body);
    expect(await read(body)).toEqual(first);
    isTaken = true;
    expect(body.replayable).toBe(false);
  });

  it('has another boundary each time', () => {
    expect(make({}).contentType).not.toBe(make({}).contentType);
  });

  it('tells how many bytes were taken, from the beginning each time', async () => {
    const seen: UploadProgress[] = [];
    const onProgress = (progress: UploadProgress): void => void seen.push(progress);
    const chunks = [Buffer.alloc(10), Buffer.alloc(0), Buffer.alloc(20)];
    const body = make({ file: file('a', chunks, { size: 30 }) }, { onProgress });
    const total = body.size ?? 0;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await read(body);
      const sent = seen.splice(0);
      expect(sent.map(({ totalBytes }) => totalBytes)).toEqual(sent.map(() => total));
      const [head = 0] = sent.map(({ sentBytes }) => sentBytes);
      expect(sent.map(({ sentBytes }) => sentBytes)).toEqual([head, head + 10, head + 30, total]);
    }
  });

  it('leaves the file that is being read, also while that makes it wait', async () => {
    let asked = 0;
    let left = 0;
    const stuck = file('a', [], {
      stream: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => {
            asked += 1;
            return new Promise<never>(() => undefined);
          },
          return: async () => {
            left += 1;
            return { done: true as const, value: undefined };
          },
        }),
      }),
    });
    const reader = make({ stuck }).stream()[Symbol.asyncIterator]();
    await reader.next();
    void reader.next();
    await until(() => asked === 1);
    expect(await reader.return?.()).toEqual({ done: true, value: undefined });
    expect(left).toBe(1);
  });

  it('passes on what a file throws', async () => {
    const cause = new Error('disk');
    const broken = file('a', [], {
      async *stream() {
        yield new Uint8Array(1);
        throw cause;
      },
    });
    expect(await rejection(read(make({ broken })))).toBe(cause);
  });

  it.each(['text/plain\r\nx: y', 'text/plané', '\u0000'])('refuses the content type %j', (type) => {
    expect(() => make({ a: file('a', [], { contentType: type }) })).toThrow(
      /content type of the file "a"/,
    );
  });
});
