import { apiErrorFromStatus, InvalidJsonError, JobFailedError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import type { BatchItem } from './batch-item.ts';
import { type BatchSource, missingItem, readBatchItems, toBatchItem } from './batch-output.ts';

const SOURCE: BatchSource = {
  call: 'acme batches',
  job: { id: 'batch_1', status: 'expired' },
  toApiError: ({ call, status, requestId }) => apiErrorFromStatus(status ?? 0, call, { requestId }),
};

function answered(id: string, status = 200): object {
  return { custom_id: id, response: { status_code: status, request_id: 'r', body: { id } } };
}

async function read(...chunks: Uint8Array[]): Promise<BatchItem[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const items: BatchItem[] = [];
  for await (const item of readBatchItems(bytes(), SOURCE)) items.push(item);
  return items;
}

describe('readBatchItems', () => {
  it('reads lines however they end and are cut', async () => {
    const text = `${JSON.stringify(answered('a'))}\r\n\n${JSON.stringify(answered('ä😀'))}`;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      const items = await read(bytes.subarray(0, at), bytes.subarray(at));
      expect(items.map(({ custom_id: id }) => id)).toEqual(['a', 'ä😀']);
    }
  });

  it.each(['<html>', 'null', '7', '"a"'])('refuses a line that is no object: %s', async (line) => {
    await expect(read(new TextEncoder().encode(line))).rejects.toBeInstanceOf(InvalidJsonError);
  });
});

describe('toBatchItem', () => {
  it('gives what was answered', () => {
    expect(toBatchItem(answered('a'), SOURCE)).toEqual({
      custom_id: 'a',
      answer: { id: 'a' },
      error: undefined,
      requestId: 'r',
    });
  });

  it('gives the error that the request would have thrown', () => {
    const { error } = toBatchItem(answered('a', 429), SOURCE);
    expect(error).toMatchObject({ code: 'rate_limit', status: 429, requestId: 'r' });
    expect(error?.message).toContain('the request "a" of batch_1');
  });

  it.each([
    [{ code: 'batch_expired', message: 'Too late.' }, 'batch_expired', /Too late/],
    ['Too late.', 'expired', /Too late/],
    [null, 'expired', /no reason was given/],
    [undefined, 'expired', /no reason was given/],
  ])('tells why there was no answer: %j', (reason, outcome, text) => {
    const { error } = toBatchItem({ custom_id: 'a', response: null, error: reason }, SOURCE);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ outcome, job: { id: 'batch_1' } });
    expect(error?.message).toMatch(text);
  });
});

describe('missingItem', () => {
  it('says how the batch ended', () => {
    const { custom_id: id, error } = missingItem('a', SOURCE);
    expect(id).toBe('a');
    expect(error).toMatchObject({ code: 'job_failed', outcome: 'expired' });
  });
});
