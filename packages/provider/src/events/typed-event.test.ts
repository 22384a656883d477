import { InvalidJsonError, ServerError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { STREAM_SKIP } from '../endpoint.ts';
import { decodeTypedEvent } from './typed-event.ts';

function decode(data: string, event = 'message'): unknown {
  return decodeTypedEvent({ data, event, id: '', retry: undefined, terminated: true }, (body) => {
    throw new ServerError(JSON.stringify(body), { status: 500 });
  });
}

describe('decodeTypedEvent', () => {
  it('gives events of any type', () => {
    expect(decode('{"type":"text.delta","text":"a"}')).toEqual({ type: 'text.delta', text: 'a' });
    expect(decode('{"type":"new","error":null}')).toEqual({ type: 'new', error: null });
  });

  it.each(['[DONE]', '{"type":"keepalive"}', '{}', 'null', '1'])('skips %s', (data) => {
    expect(decode(data)).toBe(STREAM_SKIP);
  });

  it.each([
    ['{"type":"error","message":"busy"}', '{"error":{"message":"busy"}}'],
    ['{"error":{"message":"busy"}}', '{"error":{"message":"busy"}}'],
    [
      '{"object":"error","type":"server_error"}',
      '{"error":{"object":"error","type":"server_error"}}',
    ],
  ])('throws %s', (data, body) => {
    expect(() => decode(data)).toThrow(body);
  });

  it('throws what is named an error', () => {
    expect(() => decode('{"message":"busy"}', 'error')).toThrow(ServerError);
  });

  it('throws for what is no JSON', () => {
    expect(() => decode('{"type"')).toThrow(InvalidJsonError);
  });
});
