import {
  AuthenticationError,
  BadRequestError,
  ContentFilterError,
  GoneError,
  NotFoundError,
  OverloadedError,
  QuotaExhaustedError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';
import {
  apiErrors,
  type ErrorAnswer,
  type ErrorClass,
  type ErrorClasses,
  errorMember,
  type ErrorOverride,
  type ProviderProfile,
  readWireError,
  type WireError,
  wireText,
} from '@integrations/provider';
import { retiredAdvice } from './retired-api.ts';

/** Codes that say more than the status. No waiting cures the quota ones. */
const CLASS_OF_CODE: ErrorClasses = /* @__PURE__ */ new Map<string, ErrorClass>([
  ['insufficient_quota', QuotaExhaustedError],
  ['billing_hard_limit_reached', QuotaExhaustedError],
  ['billing_not_active', QuotaExhaustedError],
  ['content_filter', ContentFilterError],
  ['contentFilter', ContentFilterError],
  ['ResponsibleAIPolicyViolation', ContentFilterError],
  ['content_policy_violation', ContentFilterError],
  ['moderation_blocked', ContentFilterError],
  ['image_content_policy_violation', ContentFilterError],
  ['bio_policy', ContentFilterError],
  ['misalignment_policy_violation', ContentFilterError],
]);

/** For errors inside a stream, whose status was 200: what only this API calls them. */
const CLASS_WITHOUT_STATUS: ErrorClasses = /* @__PURE__ */ new Map<string, ErrorClass>([
  ['requests', RateLimitError],
  ['tokens', RateLimitError],
  ['invalid_api_key', AuthenticationError],
  ['model_not_found', NotFoundError],
  ['context_length_exceeded', BadRequestError],
  ['invalid_prompt', BadRequestError],
  ['data_residency_mismatch', BadRequestError],
  ['invalid_image', BadRequestError],
  ['invalid_image_format', BadRequestError],
  ['invalid_image_mode', BadRequestError],
  ['invalid_image_url', BadRequestError],
  ['invalid_base64_image', BadRequestError],
  ['unsupported_image_media_type', BadRequestError],
  ['image_too_large', BadRequestError],
  ['image_too_small', BadRequestError],
  ['image_file_too_large', BadRequestError],
  ['image_file_not_found', BadRequestError],
  ['image_parse_error', BadRequestError],
  ['empty_image_file', BadRequestError],
  ['failed_to_download_image', BadRequestError],
  ['server_overloaded', OverloadedError],
  ['internal_error', ServerError],
]);

/** What Azure tells besides, such as which filter held something back. */
function innerError(body: unknown): Pick<WireError, 'innerCode' | 'context'> {
  const error = errorMember(body);
  if (typeof error !== 'object' || error === null || !('innererror' in error)) return {};
  const { innererror: inner } = error;
  const code =
    typeof inner === 'object' && inner !== null && 'code' in inner ? inner.code : undefined;
  return { innerCode: wireText(code), context: { innererror: inner } };
}

/** `x-should-retry` is the server's own word on it. */
function readShouldRetry({ headers }: ErrorAnswer): boolean | undefined {
  const value = headers['x-should-retry'];
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

function read(answer: ErrorAnswer): WireError {
  const { body } = answer;
  return { ...readWireError(body), ...innerError(body), retryable: readShouldRetry(answer) };
}

function asRetired(answer: ErrorAnswer, { message }: WireError): ErrorOverride | undefined {
  const advice = retiredAdvice(answer, message);
  return advice === undefined ? undefined : { error: GoneError, advice };
}

/** The typed error for an error answer of the API, by what its body says and then by its status. */
export const toApiError: ProviderProfile['toApiError'] = /* @__PURE__ */ apiErrors({
  provider: 'openai',
  read,
  classOfCode: CLASS_OF_CODE,
  classWithoutStatus: CLASS_WITHOUT_STATUS,
  advice: { 403: 'Check what the key, the project and the organization may do.' },
  override: asRetired,
});
