import type { CoreDefaults } from '@integrations/provider';
import type { Duration } from '@integrations/types';

/** What holds where neither options nor configuration say anything. */
export const DEFAULTS: {
  readonly baseURL: string;
  readonly timeout: Duration;
  readonly maxRetries: number;
} = { baseURL: 'https://api.mistral.ai', timeout: '120s', maxRetries: 3 };

/** The same, with what every request says of who sends it. */
export const CORE_DEFAULTS: CoreDefaults = {
  baseURL: DEFAULTS.baseURL,
  timeout: DEFAULTS.timeout,
  userAgent: 'integrations-mistral',
  headers: {},
};
