export {
  type AlertOptions,
  type AlertRule,
  type AlertRules,
  createAlertRules,
} from './alert-rules.ts';
export { alertRulesToYaml } from './alert-rules-yaml.ts';
export { combineMetrics } from './combine-metrics.ts';
export { createMetrics, type MetricsOptions, type PrometheusMetrics } from './create-metrics.ts';
export { createDashboard, type DashboardOptions } from './dashboard.ts';
export { declareMetrics } from './declare-metrics.ts';
export type { Exemplar, ExemplarSource } from './exemplar.ts';
export type { ExpositionFormat } from './exposition.ts';
export type { LabelOptions } from './label-options.ts';
export type { HandlerOptions, MetricsHandler } from './metrics-handler.ts';
export type { OtelMeter } from './otel-meter.ts';
export { createOtelMetrics, type OtelMetricsOptions } from './otel-metrics.ts';
export type { ProblemListener } from './problem-reporter.ts';
export type { MetricsRegistry } from './prometheus-registry.ts';
