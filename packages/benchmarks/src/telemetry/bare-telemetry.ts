import type { AnswerFacts, Endpoint, Telemetry } from '@integrations/provider';

type CallRecord = ReturnType<Telemetry['begin']>;
type AttemptRecord = ReturnType<CallRecord['attemptBegins']>;

/** An attempt that nobody keeps a record of. */
class BareAttempt implements Pick<AttemptRecord, keyof AttemptRecord> {
  readonly attempt = 1;
  readonly circuitState = undefined;
  readonly signal = undefined;
  readonly error = undefined;
  readonly propagationHeaders = undefined;

  breakerChecked(): void {}
  waiting(): void {}
  admitted(): void {}
  refused(): void {}
  begin(): void {}
  answered(): void {}
  failed(): void {}
  close(): void {}

  serialize<Body>(write: () => Body): Body {
    return write();
  }

  send<Response>(run: () => Promise<Response>): Promise<Response> {
    return run();
  }

  deserialize<T>(_bodySize: number, read: () => T): T {
    return read();
  }
}

const ATTEMPT = new BareAttempt() as unknown as AttemptRecord;

/** What the path of a call cannot do without: its name, and the facts that settle its limits. */
class BareCall implements Pick<CallRecord, keyof CallRecord> {
  readonly call: string;
  facts: AnswerFacts = {};

  constructor(call: string) {
    this.call = call;
  }

  attemptFailed(): void {}
  connections(): void {}
  limits(): void {}
  streaming(): void {}
  event(): void {}
  succeeded(): void {}
  streamEnded(): void {}
  failed(): void {}

  validate(check: () => void): void {
    check();
  }

  execute<T>(run: () => Promise<T>): Promise<T> {
    return run();
  }

  attempt(): AttemptRecord {
    // Without an observer the path asks for no times of its own.
    return undefined as unknown as AttemptRecord;
  }

  attemptBegins(): AttemptRecord {
    return ATTEMPT;
  }
}

class BareTelemetry implements Pick<Telemetry, keyof Telemetry> {
  begin(endpoint: Pick<Endpoint, 'operation'>): CallRecord {
    return new BareCall(endpoint.operation) as unknown as CallRecord;
  }

  async runTool<Result>(_tool: unknown, run: () => Result | Promise<Result>): Promise<Result> {
    return run();
  }

  initialized(): void {}
  breakerCreated(): void {}
  breakerChanged(): void {}
  limitsObserved(): void {}
  headersObserved(): void {}
}

/** In the place of a client's telemetry: a call as if nothing had ever been reported. */
export function createBareTelemetry(): Telemetry {
  return new BareTelemetry() as unknown as Telemetry;
}
