import { isIntegrationError, registerSecret } from '@integrations/errors';
import type { LogLevel } from '@integrations/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from './lines.test.support.ts';
import { type ContentPolicy, LogContent, truncate } from './log-content.ts';

const LONG = 'x'.repeat(200);
const CUT = `${'x'.repeat(80)}...`;

describe('LogContent', () => {
  it.each<[ContentPolicy | undefined, LogLevel, ContentPolicy]>([
    ...LEVELS.map((level): ['none', LogLevel, 'none'] => ['none', level, 'none']),
    ['truncated', 'info', 'none'],
    ['truncated', 'debug', 'truncated'],
    ['truncated', 'trace', 'truncated'],
    ['full', 'error', 'none'],
    ['full', 'warn', 'none'],
    ['full', 'info', 'none'],
    ['full', 'debug', 'truncated'],
    ['full', 'trace', 'full'],
    [undefined, 'info', 'none'],
    [undefined, 'debug', 'truncated'],
    [undefined, 'trace', 'truncated'],
  ])('with %s shows at %s: %s', (content, level, detail) => {
    const log = new LogContent(content === undefined ? {} : { content });
    expect(log.detailAt(level)).toBe(detail);
    const shown = { none: undefined, truncated: CUT, full: LONG }[detail];
    expect(log.text(level, LONG)).toBe(shown);
    expect(log.textFields(level, { prompt: LONG, system: undefined })).toEqual(
      shown === undefined ? {} : { prompt: shown },
    );
    const bodies = { request_body: { messages: [LONG] } };
    expect(log.bodyFields(level, bodies)).toEqual(detail === 'full' ? bodies : {});
  });

  it('cleans before it cuts', () => {
    using registration = registerSecret('the marked words');
    expect(registration.registered).toBe(true);
    const log = new LogContent({ content: 'full', maxLength: 10 });
    expect(log.text('debug', 'say: the marked words')).toBe('say: [REDA...');
    expect(log.text('trace', 'say: the marked words')).toBe('say: [REDACTED]');
  });

  it.each([{ content: 'all' }, { maxLength: -1 }, { maxLength: 1.5 }])('refuses %j', (options) => {
    let thrown: unknown;
    try {
      new LogContent(options as object);
    } catch (error) {
      thrown = error;
    }
    expect(isIntegrationError(thrown) && thrown.code).toBe('configuration');
  });
});

describe('truncate', () => {
  it('leaves what is short', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('', 0)).toBe('');
  });

  it('gives a beginning of whole characters, never longer than allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, length) => {
        const cut = truncate(text, length);
        const kept = cut === text ? text : cut.slice(0, -3);
        expect(text.startsWith(kept)).toBe(true);
        expect(/\p{Surrogate}/u.test(kept)).toBe(false);
        if (text.length <= length) expect(cut).toBe(text);
        else expect(kept.length).toBeOneOf([length, length - 1]);
      }),
    );
  });
});
