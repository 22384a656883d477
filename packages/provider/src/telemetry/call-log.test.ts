import { MockHttpTransport, TestLogger } from '@integrations/testing';
import { describe, expect, it } from 'vitest';
import { CallLog } from './call-log.ts';

const CALL = {
  correlationId: 'c-1',
  operation: 'answers.create',
  path: '/answers',
  model: 'small',
};

function open(shown: boolean): { log: CallLog; logger: TestLogger } {
  const logger = new TestLogger();
  const settings = {
    levels: { requestStarted: 'info', breakerChanged: 'info', breakerHalfOpen: 'info' },
    fields: { latency: 'ms', promptTokens: 'in', completionTokens: 'out' },
    requests: shown,
    responses: shown,
  } as const;
  return { log: new CallLog(settings, logger, CALL), logger };
}

function field(logger: TestLogger, message: string, name: string): unknown {
  return logger.lines.find((line) => line.message === message)?.fields[name];
}

describe('the body of a request in log lines', () => {
  it('is left out unless it is asked for', () => {
    const { log, logger } = open(false);
    log.details({ operation: 'chat', stopSequences: 'said' }, { input: 'said' });
    log.responseBody({ output: 'said' });
    log.event(1, { delta: 'said' });
    expect(JSON.stringify(logger.lines)).not.toContain('said');
    expect(logger.messages()).toEqual(['Request started', 'Request details', 'Stream event']);
  });

  it('is left out even where it stands in the place of a parameter', () => {
    const { log, logger } = open(false);
    const facts = {
      operation: 'chat',
      temperature: { text: 'said' },
      seed: ['said', 1],
      topP: 0.5,
    };
    log.details({ ...facts, openai: { apiType: 'chat', serviceTier: {} } } as never, {});
    expect(field(logger, 'Request details', 'parameters')).toEqual({ topP: 0.5, apiType: 'chat' });
  });

  it('is cut at debug, and whole at trace however deep its tools go', () => {
    const { log, logger } = open(true);
    let schema: object = { type: 'string' };
    for (let level = 0; level < 5; level += 1) schema = { properties: { inner: schema } };
    const body = { input: 'a'.repeat(100), inputs: Array(5000).fill('b'), tools: [schema] };
    log.details(undefined, body);
    expect(field(logger, 'Request details', 'content')).toBe(`{"input":"${'a'.repeat(70)}...`);
    expect(field(logger, 'Request body', 'body')).toEqual(body);
  });

  it.each([
    [
      'that holds itself',
      () => {
        const body: Record<string, unknown> = { input: 'x' };
        body['again'] = body;
        return body;
      },
    ],
    ['with a number that JSON has not', () => ({ seed: 1n })],
    ['that is none', () => undefined],
  ])('fails nothing where it is one %s', (_what, create) => {
    const { log, logger } = open(true);
    expect(() => log.details(undefined, create())).not.toThrow();
    expect(logger.messages()).toEqual(['Request started', 'Request details', 'Request body']);
  });

  it('is shown without credentials, cut or whole', () => {
    const { log, logger } = open(true);
    const body = { metadata: { api_key: 'k-1234567' }, input: 'Authorization: Bearer abcdefgh' };
    log.details(undefined, body);
    log.responseBody(body);
    log.event(1, body);
    expect(JSON.stringify(logger.lines)).not.toMatch(/k-1234567|abcdefgh/);
  });
});

describe('the connections of a transport in log lines', () => {
  it('are shown at trace, by a transport that counts them', () => {
    const { log, logger } = open(false);
    const transport = new MockHttpTransport();
    log.connections(transport);
    log.connections(
      Object.assign(transport, { connections: () => ({ open: 2, idle: 1, waiting: 0 }) }),
    );
    expect(logger.messages('trace')).toEqual(['Connections']);
    expect(logger.lines.at(-1)?.fields).toMatchObject({ open: 2, idle: 1, waiting: 0 });
  });
});
