import type { CoreDefaults } from '@integrations/provider';
import type { Duration } from '@integrations/types';

/** What holds where neither options nor configuration say anything. */
export const DEFAULTS: { readonly baseURL: string; readonly timeout: Duration } = {
  baseURL: 'https://api.openai.com/v1',
  timeout: '60s',
};

/** Whose account is charged, where it is not the key's own. */
export interface Account {
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
}

/** The same, with what every request says of who sends it. */
export function defaultsFor({ organization, project }: Account): CoreDefaults {
  return {
    ...DEFAULTS,
    userAgent: 'integrations-openai',
    headers: { 'openai-organization': organization, 'openai-project': project },
  };
}
