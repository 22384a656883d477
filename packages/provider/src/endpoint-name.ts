/** The part of an operation's name that its breaker, metrics and log lines go by: `chat` of `chat.create`. */
export function endpointOf(operation: string): string {
  return operation.split('.', 1)[0] ?? operation;
}
