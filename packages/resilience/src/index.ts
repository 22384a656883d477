export {
  compose,
  type Execute,
  ResilienceOrchestrator,
  type ResilienceOptions,
} from './resilience-orchestrator.ts';
