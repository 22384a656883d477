import { ConfigurationError } from '@integrations/errors';

/** What web pages have, and servers do not. */
interface PageGlobals {
  readonly window?: { readonly document?: unknown };
  readonly navigator?: unknown;
}

/** Whether this runs in a web page. */
export function isBrowser(): boolean {
  const { window, navigator } = globalThis as PageGlobals;
  return window?.document !== undefined && navigator !== undefined;
}

/**
 * Refuses to make a client where whoever looks at the page could read its key.
 *
 * @throws ConfigurationError in a browser, unless that is allowed.
 */
export function checkBrowserUse(isAllowed: boolean | undefined): void {
  if (isAllowed === true || !isBrowser()) return;
  throw new ConfigurationError(
    'This looks like a browser, where everybody who opens the page can read the API key. Call the API from a server of yours, or set `dangerouslyAllowBrowser: true` if the key is short-lived or the reader’s own.',
  );
}
