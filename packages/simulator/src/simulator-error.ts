/** Why the simulator could not do what its owner asked. */
export type SimulatorErrorCode =
  | 'invalid_option'
  | 'invalid_fault'
  | 'port_in_use'
  | 'listen_failed';

/** Thrown to the one who starts or steers a simulator; a client of it gets an HTTP error instead. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
