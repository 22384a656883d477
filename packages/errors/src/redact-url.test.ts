import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact-url.ts';

describe('redactUrl', () => {
  it.each([
    ['https://user:pass@example.com/a', 'https://[REDACTED]@example.com/a'],
    ['https://example.com/a?api_key=abc&page=2', 'https://example.com/a?api_key=[REDACTED]&page=2'],
    ['https://example.com/a?sig=abc&se=1', 'https://example.com/a?sig=[REDACTED]&se=1'],
    [
      'https://example.com/a?X-Amz-Signature=f00',
      'https://example.com/a?X-Amz-Signature=[REDACTED]',
    ],
    ['https://example.com/a?api%5Fkey=abc', 'https://example.com/a?api%5Fkey=[REDACTED]'],
    ['https://example.com/a#token=abc', 'https://example.com/a'],
    ['https://example.com/a?%zz=1', 'https://example.com/a?%zz=1'],
    ['not an address, password=abc', 'not an address, password=[REDACTED]'],
  ])('of %s is %s', (address, redacted) => {
    expect(redactUrl(address)).toBe(redacted);
  });

  it('shows no user, whatever the address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (address) => {
        const withUser = address.replace('://', '://ada:lovelace@');
        expect(redactUrl(withUser)).not.toContain('lovelace');
      }),
    );
  });
});
