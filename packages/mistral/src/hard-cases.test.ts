import { inspect } from 'node:util';
import {
  type ApiError,
  AuthenticationError,
  BadRequestError,
  InvalidJsonError,
  isIntegrationError,
  NotFoundError,
  OverloadedError,
  ProtocolError,
  RateLimitError,
  ServerError,
  UnexpectedContentTypeError,
  UnprocessableError,
} from '@integrations/errors';
import type { Fault } from '@integrations/simulator';
import { TestLogger } from '@integrations/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MistralClient } from './client.ts';
import { connect, failure, QUESTION, type Wired } from './hard-cases.test.support.ts';

type AnyError = abstract new (...args: never[]) => Error;

const PROMPT = 'a private prompt';
const ISSUES = [
  {
    type: 'missing',
    loc: ['body', 'messages', 0, 'content'],
    msg: 'Field required',
    input: PROMPT,
  },
  { type: 'extra_forbidden', loc: ['body', 'user'], msg: 'Extra inputs', input: { user: PROMPT } },
];

let wired: Wired;
let client: MistralClient;

beforeAll(async () => {
  wired = await connect();
  client = wired.client({ circuitBreaker: false });
});

afterAll(() => wired[Symbol.asyncDispose]());

beforeEach(() => {
  wired.simulator.clearFaults();
  wired.simulator.clearRequests();
});

describe('an error of any shape', () => {
  it.each<[string, number, object, AnyError, string, Partial<ApiError>]>([
    [
      'everything beside each other',
      400,
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' },
      BadRequestError,
      'mistral chat.create: the API answered 400: Invalid model: x',
      { type: 'invalid_model', apiCode: '1500' },
    ],
    [
      'issues within the message',
      422,
      { object: 'error', message: { detail: ISSUES }, type: 'invalid_request_error', code: null },
      UnprocessableError,
      'messages[0].content: Field required; user: Extra inputs',
      { param: 'messages[0].content', type: 'invalid_request_error' },
    ],
    [
      'issues alone',
      422,
      { detail: ISSUES },
      UnprocessableError,
      'messages[0].content: Field required; user: Extra inputs',
      { param: 'messages[0].content' },
    ],
    ['a text alone', 404, { detail: 'No such agent' }, NotFoundError, 'No such agent', {}],
    [
      'lists, and a code that is a number',
      422,
      { object: 'Error', detail: [], message: ['Bad', 'Worse'], type: 'invalid', code: 3001 },
      UnprocessableError,
      'Bad; Worse',
      { apiCode: '3001', type: 'invalid' },
    ],
    [
      'what a gateway says',
      401,
      { message: 'Unauthorized', request_id: 'r-1' },
      AuthenticationError,
      'Unauthorized. Check the API key.',
      {},
    ],
    [
      'an object around the message',
      400,
      { detail: { message: 'No such field', error_code: 'bad_field' } },
      BadRequestError,
      'No such field',
      { apiCode: 'bad_field' },
    ],
  ])('is told in the API’s own words: %s', async (_what, status, body, type, words, told) => {
    wired.simulator.inject({ fault: { status, body: body as Record<string, string> } });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, provider: 'mistral', retryable: false, ...told });
    expect(error).toMatchObject({
      message: expect.stringContaining(words),
      requestId: wired.simulator.requests[0]?.requestId,
    });
    expect(inspect(error, { depth: 9 })).not.toContain(PROMPT);
    expect(wired.simulator.requests).toHaveLength(1);
  });
});

describe('an attempt that failed', () => {
  it.each<[string, Fault, AnyError]>([
    ['500', { status: 500 }, ServerError],
    ['501', { status: 501 }, ServerError],
    ['502 and a page', { status: 502, body: 'html' }, ServerError],
    ['503 for want of capacity', { status: 503 }, OverloadedError],
    ['504 and nothing', { status: 504, body: 'empty' }, ServerError],
    ['429', { status: 429 }, RateLimitError],
    [
      '429 for want of capacity',
      { status: 429, error: { type: 'service_tier_capacity_exceeded', code: '3505' } },
      OverloadedError,
    ],
  ])('by %s is repeated three times', async (_what, fault, type) => {
    const { simulator } = wired;
    const failing = simulator.inject({ fault });
    const error = await failure(client.chat.create(QUESTION));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status: fault.status, retryable: true });
    expect(simulator.requests).toHaveLength(4);
    failing.remove();
    simulator.inject({ times: 3, fault });
    expect((await client.chat.create(QUESTION)).choices).toHaveLength(1);
    expect(simulator.requests).toHaveLength(8);
  });

  it.each([400, 401, 403, 404, 410, 422])('by %s is final', async (status) => {
    wired.simulator.inject({ fault: { status } });
    expect(await failure(client.chat.create(QUESTION))).toMatchObject({ status, retryable: false });
    expect(wired.simulator.requests).toHaveLength(1);
  });
});

describe('an answer that is none', () => {
  it.each<[string, Fault, AnyError, string]>([
    ['a web page', { html: true }, UnexpectedContentTypeError, 'text/html'],
    ['nothing', { emptyBody: true }, ProtocolError, 'empty'],
    ['broken JSON', { malformedJson: true }, InvalidJsonError, 'JSON'],
  ])('is named, whatever was asked: %s', async (_what, fault, type, words) => {
    wired.simulator.inject({ fault });
    const calls = [
      client.chat.create(QUESTION),
      client.embeddings.create({ model: 'mistral-embed', input: 'a' }),
      client.models.list(),
      client.conversations.start({ model: QUESTION.model, inputs: 'a' }),
    ];
    for (const call of calls) {
      const error = await failure(call);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ message: expect.stringContaining(words) });
    }
  });

  it.each<[string, Fault]>([
    ['a web page', { html: true }],
    ['JSON', { jsonInsteadOfStream: true }],
    ['plain text', { wrongContentType: true }],
  ])('is no stream: %s', async (_what, fault) => {
    wired.simulator.inject({ fault });
    for (const call of [
      client.chat.createStream(QUESTION),
      client.conversations.startStream({ model: QUESTION.model, inputs: 'a' }),
    ]) {
      expect(await failure(call)).toBeInstanceOf(UnexpectedContentTypeError);
    }
  });
});

describe('the key', () => {
  it('is in no error that echoes it, in no log line and in nothing that is printed', async () => {
    const logger = new TestLogger();
    const key = 'echoed-0123456789';
    const own = wired.client({ apiKey: key, logger, logRequests: true, logResponses: true });
    const body = { message: `Unauthorized: ${key}`, headers: `Bearer ${key}` };
    wired.simulator.inject({ fault: { status: 401, body } });
    const error = await failure(own.chat.create(QUESTION));
    expect(isIntegrationError(error)).toBe(true);
    const printed = [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      inspect(own, { depth: 9, showHidden: true }),
      JSON.stringify(own),
      inspect(logger.lines, { depth: 9 }),
    ];
    for (const text of printed) expect(text).not.toContain(key);
    expect(printed[0]).toContain('[REDACTED]');
    expect(logger.lines.length).toBeGreaterThan(1);
  });
});
