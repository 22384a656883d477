import type { ApiProfile } from '@integrations/provider';
import { toApiError } from './api-error.ts';

/** How Mistral's API answers. */
export const API_PROFILE: ApiProfile = {
  name: 'mistral',
  requestIdHeaders: ['mistral-correlation-id', 'x-kong-request-id', 'x-request-id'],
  toApiError,
};
