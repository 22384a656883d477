import type { Attributes, AttributeValue, Span, SpanStatus } from '@integrations/types';
import { type Span as ApiSpan, SpanStatusCode } from '@opentelemetry/api';
import { describeException } from './exception-attributes.ts';
import type { Scrubber } from './scrubber.ts';

/** A span of the OpenTelemetry API behind our interface. A span that is not sampled costs nothing. */
export class OpenTelemetrySpan implements Span {
  /** The span of the API. What is written to it directly is not scrubbed. */
  readonly apiSpan: ApiSpan;
  readonly #scrubber: Scrubber;
  /** The message of the last error: backends show it beside the status. */
  #failure: string | undefined;

  constructor(apiSpan: ApiSpan, scrubber: Scrubber) {
    this.apiSpan = apiSpan;
    this.#scrubber = scrubber;
  }

  setAttribute(key: string, value: AttributeValue): void {
    if (!this.apiSpan.isRecording()) return;
    this.apiSpan.setAttribute(key, this.#scrubber.value(key, value));
  }

  addEvent(name: string, attributes?: Attributes): void {
    if (!this.apiSpan.isRecording()) return;
    if (attributes === undefined) this.apiSpan.addEvent(name);
    else this.apiSpan.addEvent(name, this.#scrubber.attributes(attributes));
  }

  recordError(error: unknown): void {
    if (!this.apiSpan.isRecording()) return;
    const { errorType, exceptionType, message, stacktrace } = describeException(error);
    this.#failure = this.#scrubber.text(message);
    this.apiSpan.setAttribute('error.type', errorType);
    this.apiSpan.addEvent('exception', {
      'exception.type': exceptionType,
      'exception.message': this.#failure,
      ...(stacktrace !== undefined && {
        'exception.stacktrace': this.#scrubber.text(stacktrace),
      }),
    });
  }

  setStatus(status: SpanStatus): void {
    if (status === 'unset' || !this.apiSpan.isRecording()) return;
    if (status === 'ok') this.apiSpan.setStatus({ code: SpanStatusCode.OK });
    else this.apiSpan.setStatus(this.#errorStatus());
  }

  /** Ends the span. Ending it again does nothing. */
  end(): void {
    if (this.apiSpan.isRecording()) this.apiSpan.end();
  }

  #errorStatus(): { code: SpanStatusCode; message?: string } {
    const code = SpanStatusCode.ERROR;
    return this.#failure === undefined ? { code } : { code, message: this.#failure };
  }
}
