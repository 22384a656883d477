export { type Telemetry, startTelemetry } from './start-telemetry.ts';
export type {
  BatchOptions,
  OtlpProtocol,
  TelemetryExporter,
  TelemetryOptions,
} from './telemetry-options.ts';
