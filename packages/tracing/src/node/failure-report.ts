import { emitWarning } from 'node:process';
import { type IntegrationError, redact } from '@integrations/errors';
import type { Logger } from '@integrations/types';

/** Whom to tell. */
export interface FailureListeners {
  readonly onError: ((error: IntegrationError) => void) | undefined;
  readonly logger: Logger | undefined;
}

/** Tells of failures of the telemetry itself, none of which may reach the application. */
export class FailureReport {
  readonly #listeners: FailureListeners;
  #isOut = false;

  constructor(listeners: FailureListeners) {
    this.#listeners = listeners;
  }

  failed(error: IntegrationError): void {
    const { onError, logger } = this.#listeners;
    logger?.error('Telemetry failed', { error });
    if (onError !== undefined) this.#tell(onError, error);
    else if (logger === undefined) this.#warnOnce(error);
  }

  /** An export got through: the next failure is news again. */
  worked(): void {
    this.#isOut = false;
  }

  #tell(onError: (error: IntegrationError) => void, error: IntegrationError): void {
    try {
      onError(error);
    } catch (thrown) {
      this.#listeners.logger?.error('`onError` threw', { error: thrown });
      emitWarning(`onError of startTelemetry threw: ${JSON.stringify(redact(thrown))}`);
    }
  }

  /** A collector that is away fails every few seconds; one warning says as much. */
  #warnOnce(error: IntegrationError): void {
    if (this.#isOut) return;
    this.#isOut = true;
    emitWarning(error.message, { code: `INTEGRATIONS_TELEMETRY_${error.code.toUpperCase()}` });
  }
}
