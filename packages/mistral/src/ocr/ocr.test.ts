import {
  BadRequestError,
  NotFoundError,
  ProtocolError,
  ValidationError,
} from '@integrations/errors';
import { createSimulator, type Simulator } from '@integrations/simulator';
import { TestTracer } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMistralClient, type MistralClient } from '../client.ts';
import type { OcrRequest } from './ocr-request.ts';

const MODEL = 'mistral-ocr-latest';
const PAGES = ['# Ledger\n\nAn entry.', 'Another, see https://a.example/b', 'The last.'];
const URL = `data:text/plain;base64,${Buffer.from(PAGES.join('\f')).toString('base64')}`;
const REQUEST = { model: MODEL, document: { type: 'document_url', document_url: URL } } as const;

let simulator: Simulator;
let client: MistralClient;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  client = createMistralClient({
    apiKey: 'test-key',
    baseURL: simulator.baseURL,
    maxRetries: 0,
    circuitBreaker: false,
  });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(() => {
  simulator.clearFaults();
  simulator.clearRequests();
});

describe('ocr.process', () => {
  it('reads a document page by page', async () => {
    const { pages, model, usage_info: usage } = await client.ocr.process(REQUEST);
    expect(model).toBe(MODEL);
    expect(pages.map(({ markdown }) => markdown)).toEqual(PAGES);
    expect(pages.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(pages[0]?.blocks?.map(({ type }) => type)).toEqual(['title', 'text']);
    expect(pages[1]?.hyperlinks).toEqual(['https://a.example/b']);
    expect(usage.pages_processed).toBe(3);
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v1/ocr', body: REQUEST });
  });

  it.each<[OcrRequest['pages'], number[]]>([
    [
      [2, 0],
      [0, 2],
    ],
    ['1', [1]],
    ['0,1-5', [0, 1, 2]],
  ])('reads the pages %j', async (wanted, indices) => {
    const { pages } = await client.ocr.process({ ...REQUEST, pages: wanted });
    expect(pages.map(({ index }) => index)).toEqual(indices);
  });

  it('reads a file that was uploaded', async () => {
    const file = new File(['Uploaded.'], 'a.txt');
    const { id } = await client.files.upload({ file, purpose: 'ocr' });
    const { pages, usage_info: usage } = await client.ocr.process({
      model: MODEL,
      document: { type: 'file', file_id: id },
      include_blocks: false,
    });
    expect(pages[0]).toMatchObject({ markdown: 'Uploaded.', blocks: null });
    expect(usage.doc_size_bytes).toBe(9);
  });

  it('annotates a document and its images', async () => {
    const json_schema = {
      name: 'a',
      schema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
    };
    const format = { type: 'json_schema', json_schema } as const;
    const { document_annotation: annotation, pages } = await client.ocr.process({
      model: MODEL,
      document: { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
      document_annotation_format: format,
      document_annotation_prompt: 'What is its title?',
      bbox_annotation_format: format,
      include_image_base64: true,
      confidence_scores_granularity: 'word',
    });
    expect(JSON.parse(annotation ?? '')).toEqual({ title: expect.any(String) });
    const [image] = pages[0]?.images ?? [];
    expect(JSON.parse(image?.image_annotation ?? '')).toEqual({ title: expect.any(String) });
    expect(image?.image_base64).toMatch(/^data:image/);
    expect(pages[0]?.confidence_scores?.word_confidence_scores?.[0]?.confidence).toBeGreaterThan(0);
  });

  it.each<[string, Partial<OcrRequest>]>([
    ['no model', { model: '' }],
    ['an unknown kind of document', { document: { type: 'text', text: 'a' } as never }],
    ['a document without its address', { document: { type: 'document_url' } as never }],
    ['an empty file id', { document: { type: 'file', file_id: '' } }],
    ['an image without its address', { document: { type: 'image_url', image_url: { url: '' } } }],
    ['a page before the first', { pages: [-1] }],
    ['half an image', { image_limit: 0.5 }],
    ['an annotation that is no schema', { document_annotation_format: { type: 'text' } as never }],
    ['a prompt for no annotation', { document_annotation_prompt: 'What?' }],
  ])('refuses %s before it is sent', async (_what, over) => {
    const call = client.ocr.process({ ...REQUEST, ...over });
    await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(simulator.requests).toEqual([]);
  });

  it('tells that a model cannot read, or a file is not there', async () => {
    const other = client.ocr.process({ ...REQUEST, model: 'mistral-small-latest' });
    await expect(other).rejects.toBeInstanceOf(BadRequestError);
    const document = { type: 'file', file_id: '00000000-0000-4000-8000-000000000000' } as const;
    const missing = client.ocr.process({ model: MODEL, document });
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
  });

  it('tells telemetry of the model', async () => {
    const tracer = new TestTracer();
    const traced = client.withOptions({ tracer });
    await traced.ocr.process({ ...REQUEST, model: null });
    await traced.close();
    const root = tracer.spans.find((span) => span.parent === undefined);
    expect(root?.attributes).toMatchObject({
      'gen_ai.operation.name': 'ocr',
      'gen_ai.response.model': MODEL,
    });
  });

  it('tells a wrong answer from a right one', async () => {
    simulator.inject({ fault: { html: true } });
    await expect(client.ocr.process(REQUEST)).rejects.toBeInstanceOf(ProtocolError);
  });
});
