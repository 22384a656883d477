import {
  createOpenAIClient,
  type OpenAIClient,
  type OpenAIClientOptions,
} from '@integrations/openai';
import { createSimulator } from '@integrations/simulator';
import type { MetricsRecorder, Tracer } from '@integrations/types';
import type { DemoOptions } from './arguments.ts';
import { DemoFailure } from './failure.ts';
import {
  FAULT_PLAN,
  FAULTS_BREAKER,
  FAULTS_FIRST_EVENT_TIMEOUT,
  FAULTS_MAX_RETRIES,
  FAULTS_RETRY,
} from './fault-plan.ts';
import type { MakeCall } from './make-call.ts';
import type { ResilienceWatch } from './resilience-watch.ts';

/** A client, and whom it talks to. */
export interface Connection {
  readonly client: OpenAIClient;
  /** For people: `simulator on 127.0.0.1:49152, no key needed`. */
  readonly where: string;
  /** How calls are to be made, where not plainly. */
  readonly makeCall?: MakeCall;
  /** Milliseconds that an answer's first event may take, where that is not the client's business. */
  readonly firstEventTimeout?: number;
  /** Closes all sockets, and the simulator if there is one. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The pace of a quick model, so that one can see an answer being written. */
const PACE = { latencyMs: 15, eventGapMs: 15 };

/** Who looks on. */
export interface Observers {
  readonly metrics: MetricsRecorder;
  /** There is one when there are faults. */
  readonly watch: ResilienceWatch | undefined;
  /** There is one when calls are traced. */
  readonly tracer: Tracer | undefined;
}

/** @throws DemoFailure when `--live` was asked for and there is no key. */
export function checkKey({ live }: DemoOptions, environment: Environment): void {
  if (!live || (environment['OPENAI_API_KEY'] ?? '').trim() !== '') return;
  throw new DemoFailure(
    '--live needs an API key: set OPENAI_API_KEY, or leave --live out to use the simulator.',
  );
}

/**
 * Connects to what the options name: the real API, or a simulator that is started for it.
 *
 * @throws SimulatorError when the port is in use.
 * @throws ConfigurationError when a setting cannot be right.
 */
export function connect(
  options: DemoOptions,
  environment: Environment,
  observers: Observers,
): Promise<Connection> {
  if (options.live) return connectToApi(environment, observers);
  return connectToSimulator(options, observers);
}

async function connectToApi(environment: Environment, observers: Observers): Promise<Connection> {
  const client = createOpenAIClient(telemetryOptions(observers));
  const address = environment['OPENAI_BASE_URL']?.trim() ?? '';
  const host = URL.canParse(address) ? new URL(address).host : 'api.openai.com';
  return {
    client,
    where: `${host}, with the key of OPENAI_API_KEY`,
    close: () => client.close(),
  };
}

async function connectToSimulator(
  { port, key }: DemoOptions,
  observers: Observers,
): Promise<Connection> {
  const { watch } = observers;
  const simulator = await createSimulator({ ...PACE, port, recordBodies: false });
  try {
    const client = createOpenAIClient({
      apiKey: key,
      baseURL: simulator.baseURL,
      ...telemetryOptions(observers),
      ...(watch === undefined ? {} : resilienceOptions(watch)),
    });
    if (watch !== undefined) for (const rule of FAULT_PLAN) simulator.inject(rule);
    return {
      client,
      where: `simulator on 127.0.0.1:${simulator.port}, no key needed`,
      ...(watch === undefined
        ? {}
        : { makeCall: watch.makeCall, firstEventTimeout: FAULTS_FIRST_EVENT_TIMEOUT }),
      close: async () => {
        await client.close();
        await simulator.close();
      },
    };
  } catch (error) {
    await simulator.close();
    throw error;
  }
}

function telemetryOptions({ metrics, tracer }: Observers): OpenAIClientOptions {
  return { metrics, tracer, spanDetail: 'full' };
}

function resilienceOptions(watch: ResilienceWatch): OpenAIClientOptions {
  return {
    maxRetries: FAULTS_MAX_RETRIES,
    retry: { ...FAULTS_RETRY, onRetry: watch.retrying },
    circuitBreaker: FAULTS_BREAKER,
  };
}
