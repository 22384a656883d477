import { describe, expect, it } from 'vitest';
import { parseForm, UploadedFile, withoutBytes } from './form-data.ts';
import { createSimulator } from './simulator.ts';

async function parse(form: FormData): Promise<Record<string, unknown>> {
  const { headers, bytes } = await encode(form);
  return parseForm(bytes, headers);
}

async function encode(form: FormData): Promise<{ headers: string; bytes: Buffer }> {
  const response = new Response(form);
  return {
    headers: response.headers.get('content-type') ?? '',
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

describe('a form', () => {
  it('stands for an object with lists, objects and files', async () => {
    const form = new FormData();
    form.append('purpose', 'batch');
    form.append('expires_after[anchor]', 'created_at');
    form.append('expires_after[seconds]', '3600');
    form.append('include[]', 'a');
    form.append('include[]', 'b');
    form.append('word', 'x');
    form.append('word', 'y');
    form.append('word', 'z');
    form.append('odd]name', 'c');
    form.append('file', new File([new Uint8Array([0, 255])], 'ä "b".bin', { type: 'image/png' }));
    const body = await parse(form);
    expect(body).toMatchObject({
      purpose: 'batch',
      expires_after: { anchor: 'created_at', seconds: '3600' },
      include: ['a', 'b'],
      word: ['x', 'y', 'z'],
      'odd]name': 'c',
    });
    const { file } = body;
    if (!(file instanceof UploadedFile)) throw new Error('there should be a file');
    expect([file.name, file.contentType, [...file.bytes]]).toEqual([
      'ä "b".bin',
      'image/png',
      [0, 255],
    ]);
  });

  it('is recorded without the bytes of its files', async () => {
    const form = new FormData();
    form.append('image[]', new File(['a'], 'a', { type: 'image/png' }));
    expect(withoutBytes(await parse(form))).toEqual({
      image: [
        {
          filename: 'a',
          content_type: 'image/png',
          bytes: 1,
          sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
        },
      ],
    });
  });

  it('is refused where it is none', async () => {
    await using simulator = await createSimulator();
    const response = await fetch(`${simulator.baseURL}/files`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-key',
        'content-type': 'multipart/form-data; boundary=x',
      },
      body: 'no form',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('multipart/form-data');
  });
});
