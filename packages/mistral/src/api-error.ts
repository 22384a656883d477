import {
  BadRequestError,
  GoneError,
  OverloadedError,
  QuotaExhaustedError,
  RateLimitError,
} from '@integrations/errors';
import {
  apiErrors,
  type ErrorAnswer,
  type ErrorClass,
  type ErrorOverride,
  type ProviderProfile,
} from '@integrations/provider';
import { readMistralError } from './wire-error.ts';

/** Codes and types that say more than the status. */
const CLASS_OF_CODE: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  // The provider's capacity, not the caller's limit, though it may come with 429.
  ['service_tier_capacity_exceeded', OverloadedError],
  ['3505', OverloadedError],
]);

/** For errors inside a stream, whose status was 200. */
const CLASS_WITHOUT_STATUS: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['rate_limited', RateLimitError],
  ['1300', RateLimitError],
  ['invalid_model', BadRequestError],
  ['1500', BadRequestError],
  ['invalid_function_call', BadRequestError],
  ['3280', BadRequestError],
]);

/** Limits of nothing, and budgets of a month that are spent: no waiting for a minute cures them. */
const SPENT_HEADERS = [
  'x-ratelimit-limit-req-minute',
  'x-ratelimit-limit-tokens-minute',
  'x-ratelimit-remaining-tokens-month',
  'x-ratelimitbysize-remaining-month',
  'ratelimitbysize-remaining-month',
] as const;

const SPENT_ADVICE =
  'The plan allows nothing of this model at the moment: see the limits of the workspace, or use another model.';

const RETIRED_ADVICE =
  'Mistral has retired the API for fine-tuning jobs. Models that exist stay usable: see `client.models`.';

const FINE_TUNING_CALL = /^mistral fine_tuning\./;

function isSpent({ status, headers }: ErrorAnswer): boolean {
  return status === 429 && SPENT_HEADERS.some((name) => headers[name]?.trim() === '0');
}

function override(answer: ErrorAnswer): ErrorOverride | undefined {
  if (isSpent(answer)) return { error: QuotaExhaustedError, advice: SPENT_ADVICE };
  if (answer.status === 410 && FINE_TUNING_CALL.test(answer.call)) {
    return { error: GoneError, advice: RETIRED_ADVICE };
  }
  return undefined;
}

/** The typed error for an error answer of the API, by what its body says and then by its status. */
export const toApiError: ProviderProfile['toApiError'] = /* @__PURE__ */ apiErrors({
  provider: 'mistral',
  read: ({ body }) => readMistralError(body),
  classOfCode: CLASS_OF_CODE,
  classWithoutStatus: CLASS_WITHOUT_STATUS,
  override,
});
