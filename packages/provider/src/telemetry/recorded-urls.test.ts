import { registerSecret } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { RecordedUrls } from './recorded-urls.ts';

const CLEAN = 'https://api.acme.test/v1/answers?page=2';

describe('RecordedUrls', () => {
  it('gives an address as it may be recorded, every time', () => {
    const urls = new RecordedUrls();
    for (let time = 0; time < 3; time += 1) {
      expect(urls.of(CLEAN)).toBe(CLEAN);
      expect(urls.of(`${CLEAN}&api_key=abc`)).toBe(`${CLEAN}&api_key=[REDACTED]`);
      expect(urls.of('https://me:pass@api.acme.test/v1#part')).toBe(
        'https://[REDACTED]@api.acme.test/v1',
      );
    }
  });

  it('takes out a secret that is registered after the address was clean', () => {
    const urls = new RecordedUrls();
    const url = 'https://api.acme.test/v1/files/late-secret-1';
    expect(urls.of(url)).toBe(url);
    using registration = registerSecret('late-secret-1');
    expect(registration.registered).toBe(true);
    expect(urls.of(url)).toBe('https://api.acme.test/v1/files/[REDACTED]');
  });

  it('knows every address, however many there are', () => {
    const urls = new RecordedUrls();
    for (let time = 0; time < 2; time += 1) {
      for (let id = 0; id < 250; id += 1) {
        const url = `https://api.acme.test/v1/files/${id}`;
        expect(urls.of(url)).toBe(url);
        expect(urls.of(`${url}?token=${id}x`)).toBe(`${url}?token=[REDACTED]`);
      }
    }
  });
});
