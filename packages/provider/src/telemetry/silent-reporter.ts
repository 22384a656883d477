import type { AttemptReporter, CallReporter, ClientReporter } from './call-reporter.ts';

function ignore(): void {}

function run<T>(work: () => T): T {
  return work();
}

const ATTEMPT: AttemptReporter = {
  propagationHeaders: undefined,
  serialize: run,
  send: run,
  deserialize: (_bodySize, read) => read(),
  answered: ignore,
  failed: ignore,
};

/** What the path of a call cannot do without: its name, and the facts that settle its limits. */
function silentCall(call: string): CallReporter {
  return {
    call,
    facts: {},
    observe: undefined,
    validate: run,
    execute: run,
    attemptBegins: () => ATTEMPT,
    connections: ignore,
    limits: ignore,
    streaming: ignore,
    event: ignore,
    succeeded: ignore,
    streamEnded: ignore,
    failed: ignore,
  };
}

/** Tells nobody of anything. @param provider the prefix of messages: `openai`. */
export function createSilentReporter(provider: string): ClientReporter {
  return {
    begin: ({ operation }) => silentCall(`${provider} ${operation}`),
    runTool: async (_tool, work) => work(),
    limitsObserved: ignore,
    headersObserved: ignore,
  };
}
