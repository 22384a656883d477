import { BadRequestError } from '@integrations/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compareMistralCalls,
  compareMistralFailures,
} from './compare-mistral-calls.test.support.ts';
import { type BothMistralClients, connectBothMistral } from './mistral-both-clients.ts';

const MODEL = 'mistral-ocr-latest';
const CONTENT = '# Ledger\n\nAn entry.\fAnother.';
const ADDRESS = `data:text/plain;base64,${Buffer.from(CONTENT).toString('base64')}`;
const SCHEMA = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
};

let both: BothMistralClients;

beforeAll(async () => {
  both = await connectBothMistral();
});

afterAll(() => both[Symbol.asyncDispose]());

describe('ocr.process', () => {
  it('reads a document', async () => {
    await compareMistralCalls(both, {
      ours: (client) =>
        client.ocr.process({
          model: MODEL,
          document: { type: 'document_url', document_url: ADDRESS, document_name: 'a.txt' },
          pages: '0-1',
          include_blocks: true,
          extract_header: false,
          extract_footer: false,
          confidence_scores_granularity: 'word',
        }),
      theirs: (client) =>
        client.ocr.process({
          model: MODEL,
          document: { type: 'document_url', documentUrl: ADDRESS, documentName: 'a.txt' },
          pages: '0-1',
          includeBlocks: true,
          extractHeader: false,
          extractFooter: false,
          confidenceScoresGranularity: 'word',
        }),
    });
  });

  it('reads an image, and annotates it', async () => {
    const url = 'https://a.example/b.png';
    const described = { name: 'a', strict: true };
    const mine = await compareMistralCalls(both, {
      ours: (client) => {
        const json_schema = { ...described, schema: SCHEMA };
        const format = { type: 'json_schema', json_schema } as const;
        return client.ocr.process({
          model: MODEL,
          document: { type: 'image_url', image_url: { url } },
          include_image_base64: true,
          include_blocks: true,
          extract_header: false,
          extract_footer: false,
          bbox_annotation_format: format,
          document_annotation_format: format,
          document_annotation_prompt: 'What is it?',
        });
      },
      theirs: (client) => {
        const jsonSchema = { ...described, schemaDefinition: SCHEMA };
        const format = { type: 'json_schema', jsonSchema } as const;
        return client.ocr.process({
          model: MODEL,
          document: { type: 'image_url', imageUrl: { url } },
          includeImageBase64: true,
          includeBlocks: true,
          extractHeader: false,
          extractFooter: false,
          bboxAnnotationFormat: format,
          documentAnnotationFormat: format,
          documentAnnotationPrompt: 'What is it?',
        });
      },
    });
    expect(mine).toMatchObject({ document_annotation: expect.stringContaining('title') });
  });

  it('fails alike', async () => {
    const model = 'mistral-small-latest';
    const error = await compareMistralFailures(both, {
      ours: (client) =>
        client.ocr.process({
          model,
          document: { type: 'document_url', document_url: ADDRESS },
          include_blocks: true,
        }),
      theirs: (client) =>
        client.ocr.process({ model, document: { type: 'document_url', documentUrl: ADDRESS } }),
    });
    expect(error).toBeInstanceOf(BadRequestError);
  });
});
