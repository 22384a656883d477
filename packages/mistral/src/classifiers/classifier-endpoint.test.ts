import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { classifierEndpoint } from './classifier-endpoint.ts';

const ENDPOINT = classifierEndpoint({
  operation: 'classifiers.judge',
  path: '/v1/judgements',
  kind: 'moderation',
  input: () => v.unknown(),
});

const TURN = { role: 'user', content: '12345678' };

describe('classifierEndpoint', () => {
  it.each<[unknown, number]>([
    ['123456789', 3],
    [['1234', '5678'], 2],
    [[TURN, TURN], 4],
    [[[TURN], [TURN, TURN]], 6],
    [{ messages: [TURN] }, 2],
    [[{ messages: [{ content: [{ type: 'text', text: '1234' }] }] }], 1],
    [[{ content: [{ type: 'image_url', image_url: 'data:image/png;base64,AAAA' }] }], 0],
    [[{ role: 'assistant', content: null }, undefined, 7], 0],
  ])('estimates the tokens of %j', (input, tokens) => {
    expect(ENDPOINT.estimateTokens?.({ model: 'm', input })).toBe(tokens);
  });
});
