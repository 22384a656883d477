import { ConnectionError } from '@integrations/errors';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { FailureReport } from './failure-report.ts';

type Done = Parameters<SpanExporter['export']>[1];
type ExportResult = Parameters<Done>[0];

/** What the exporters of spans and of metrics have in common. */
interface Exporter<Items> {
  export(items: Items, done: Done): void;
}

/** `ExportResultCode.SUCCESS`; its package is not among those that are loaded. */
const SUCCESS = { code: 0 } as unknown as ExportResult;

function exportFailed(what: string, cause: unknown): ConnectionError {
  const detail = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';
  return new ConnectionError(
    `${what} could not be exported${detail}. Is the collector running, and its address right?`,
    { cause },
  );
}

/**
 * Makes an exporter tell the report of its failures, and nobody else: the SDK would
 * throw them at whoever flushes, and write them to the console.
 */
export function reportFailures<Items, Kind extends Exporter<Items>>(
  what: string,
  exporter: Kind & Exporter<Items>,
  report: FailureReport,
): Kind {
  const send = exporter.export.bind(exporter);
  exporter.export = (items, done) => {
    const failed = (cause: unknown): void => {
      report.failed(exportFailed(what, cause));
      done(SUCCESS);
    };
    try {
      send(items, (result) => {
        if (result.code !== SUCCESS.code) {
          failed(result.error);
          return;
        }
        report.worked();
        done(result);
      });
    } catch (error) {
      failed(error);
    }
  };
  return exporter;
}
