import { ConfigurationError } from '@integrations/errors';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkBrowserUse, isBrowser } from './browser.ts';

afterEach(() => vi.unstubAllGlobals());

describe('checkBrowserUse', () => {
  it('lets a server be', () => {
    expect(isBrowser()).toBe(false);
    expect(() => checkBrowserUse(undefined)).not.toThrow();
  });

  it('refuses a web page, unless that is allowed', () => {
    vi.stubGlobal('window', { document: {} });
    expect(isBrowser()).toBe(true);
    expect(() => checkBrowserUse(undefined)).toThrow(ConfigurationError);
    expect(() => checkBrowserUse(false)).toThrow(/dangerouslyAllowBrowser/);
    expect(() => checkBrowserUse(true)).not.toThrow();
  });

  it('takes a global named window for no page', () => {
    vi.stubGlobal('window', {});
    expect(() => checkBrowserUse(undefined)).not.toThrow();
  });
});
