import type { ApiProfile } from '@integrations/provider';
import { toApiError } from './api-error.ts';

/** What calls need to know of OpenAI. */
export const API_PROFILE: ApiProfile = {
  name: 'openai',
  requestIdHeaders: ['x-request-id'],
  toApiError,
};
