export {
  compose,
  type Execute,
  ResilienceOrchestrator,
  type ResilienceOptions,
} from './resilience-orchestrator.ts';
export { TimeoutOrchestrator, type TimeoutOrchestratorOptions } from './timeout-orchestrator.ts';
