import { env } from 'node:process';
import { ConfigurationError, redactText } from '@integrations/errors';
import type { Logger } from '@integrations/types';
import {
  context,
  diag,
  DiagLogLevel,
  logs,
  metrics,
  propagation,
  ProxyTracerProvider,
  trace,
} from '@opentelemetry/api';

/** The API hands out a proxy, and only who asks for its delegate sees whether there is an SDK. */
function hasTracerProvider(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegate() !== new ProxyTracerProvider().getDelegate();
}

/** @throws ConfigurationError when an SDK serves this process already: a second one would get nothing. */
export function assertNoSdk(): void {
  if (!hasTracerProvider()) return;
  throw new ConfigurationError(
    'OpenTelemetry is set up in this process already. Leave out startTelemetry, createTracer() works with what is there; or shut down the other first.',
  );
}

function texts(message: string, details: readonly unknown[]): string {
  const shown = details.map((detail) =>
    detail instanceof Error ? detail.message : String(detail),
  );
  return redactText([message, ...shown].join(' '));
}

/** Brings what OpenTelemetry warns of to the logger, unless OTEL_LOG_LEVEL sends it to the console. */
export function logDiagnostics(logger: Logger | undefined): void {
  if (logger === undefined || env['OTEL_LOG_LEVEL']) return;
  const target = {
    error: (message: string, ...details: unknown[]) => logger.error(texts(message, details)),
    warn: (message: string, ...details: unknown[]) => logger.warn(texts(message, details)),
    info: (message: string, ...details: unknown[]) => logger.info(texts(message, details)),
    debug: (message: string, ...details: unknown[]) => logger.debug(texts(message, details)),
    verbose: (message: string, ...details: unknown[]) => logger.trace(texts(message, details)),
  };
  diag.setLogger(target, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

/** Takes the SDK out of the API, so that another can be set up. */
export function releaseSdk(): void {
  trace.disable();
  metrics.disable();
  logs.disable();
  propagation.disable();
  context.disable();
  diag.disable();
}
