export { ResilienceOrchestrator, type ResilienceOptions } from './resilience-orchestrator.ts';
