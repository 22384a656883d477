import {
  type ApiErrorOptions,
  apiErrorFromStatus,
  fromProblemDetails,
  type IntegrationError,
  isProblemDetails,
  ServerError,
} from '@integrations/errors';
import type { ErrorAnswer, ProviderProfile } from '../provider-profile.ts';
import { classOfType, type ErrorClass, type ErrorClasses } from './error-class.ts';
import { ADVICE, errorMessage, type StatusAdvice } from './error-message.ts';
import { readWireError, type WireError } from './wire-error.ts';

/** What an answer is, where codes and status tell it wrong. */
export interface ErrorOverride {
  readonly error: ErrorClass;
  /** What to do about it. @default what the status advises */
  readonly advice?: string | undefined;
}

/** What is special about the error answers of a provider. */
export interface ApiErrorRules {
  /** The provider's name, for `error.provider`. */
  readonly provider: string;
  /** Reads an answer. @default as OpenAI writes errors: `{ error: { message, type, code, param } }` */
  readonly read?: ((answer: ErrorAnswer) => WireError) | undefined;
  /** Classes by codes and types that say more than the status. @default none */
  readonly classOfCode?: ErrorClasses | undefined;
  /**
   * Classes by codes and types for errors inside a stream, whose status was 200. Common
   * types such as `rate_limit_error` are known without. @default none
   */
  readonly classWithoutStatus?: ErrorClasses | undefined;
  /** What to do about a status, in place of what is said without. @default advice on 401, 403 and 404 */
  readonly advice?: StatusAdvice | undefined;
  /** Goes before all else; undefined for answers that are what they seem. @default none */
  readonly override?:
    | ((answer: ErrorAnswer, said: WireError) => ErrorOverride | undefined)
    | undefined;
}

/** Makes the errors of one provider. */
class ApiErrors {
  readonly #rules: ApiErrorRules;
  readonly #advice: StatusAdvice;

  constructor(rules: ApiErrorRules) {
    this.#rules = rules;
    this.#advice = { ...ADVICE, ...rules.advice };
  }

  of(answer: ErrorAnswer): IntegrationError {
    const { read = ({ body }: ErrorAnswer) => readWireError(body), override } = this.#rules;
    const said = read(answer);
    const overridden = override?.(answer, said);
    const advice = overridden?.advice ?? this.#advice[answer.status ?? 0];
    const message = errorMessage(answer, said.message, advice);
    const details = this.#details(answer, said);
    const known = overridden?.error ?? this.#classOf(answer, said);
    if (known !== undefined) return new known(message, details);
    const { status = statusInCode(said), body } = answer;
    if (status === undefined) return new ServerError(message, details);
    if (isProblemDetails(body)) return fromProblemDetails(body, status, details, message);
    return apiErrorFromStatus(status, message, details);
  }

  #details(answer: ErrorAnswer, said: WireError): ApiErrorOptions {
    const { status, requestId, retryAfterMs } = answer;
    const { code, type, param, retryable, context } = said;
    const { provider } = this.#rules;
    return {
      provider,
      status,
      requestId,
      retryAfterMs,
      retryable,
      apiCode: code,
      type,
      param,
      context,
    };
  }

  #classOf({ status }: ErrorAnswer, said: WireError): ErrorClass | undefined {
    const { classOfCode, classWithoutStatus } = this.#rules;
    const names = [said.code, said.type, said.innerCode].filter((name) => name !== undefined);
    const byCode = firstKnown(names, (name) => classOfCode?.get(name));
    if (byCode !== undefined || status !== undefined) return byCode;
    return firstKnown(names, (name) => classWithoutStatus?.get(name) ?? classOfType(name));
  }
}

/** Some servers tell the status that an error inside a stream would have had as its code. */
function statusInCode({ code }: WireError): number | undefined {
  return code !== undefined && /^[45]\d\d$/.test(code) ? Number(code) : undefined;
}

function firstKnown(
  names: readonly string[],
  find: (name: string) => ErrorClass | undefined,
): ErrorClass | undefined {
  for (const name of names) {
    const known = find(name);
    if (known !== undefined) return known;
  }
  return undefined;
}

/**
 * What makes the typed error for an error answer of a provider: by the codes of its body,
 * then by what its problem details say, and then by its status.
 */
export function apiErrors(rules: ApiErrorRules): ProviderProfile['toApiError'] {
  const errors = new ApiErrors(rules);
  return (answer) => errors.of(answer);
}
