import {
  type ApiErrorOptions,
  AuthenticationError,
  BadRequestError,
  type IntegrationError,
  NotFoundError,
  OverloadedError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from '@integrations/errors';

/** A class of errors that answers can become. */
export type ErrorClass = new (message: string, options?: ApiErrorOptions) => IntegrationError;

/** Classes of errors by what providers call them. */
export type ErrorClasses = ReadonlyMap<string, ErrorClass>;

/** The types that servers of OpenAI's shape share. Inside a stream they stand for the status. */
const CLASS_OF_TYPE: Readonly<Record<string, ErrorClass>> = {
  rate_limit_error: RateLimitError,
  rate_limit_exceeded: RateLimitError,
  authentication_error: AuthenticationError,
  permission_error: PermissionDeniedError,
  not_found_error: NotFoundError,
  invalid_request_error: BadRequestError,
  overloaded_error: OverloadedError,
  server_error: ServerError,
};

/** The class of an error whose type every server writes alike. */
export function classOfType(type: string): ErrorClass | undefined {
  return Object.hasOwn(CLASS_OF_TYPE, type) ? CLASS_OF_TYPE[type] : undefined;
}
