import type { IncomingHttpHeaders } from 'node:http';
import { checkFault } from './fault-check.ts';
import type { FaultRules, FaultTarget } from './fault-rules.ts';
import type { Fault } from './fault.ts';
import { RequestRefused } from './refusal.ts';
import { SimulatorError } from './simulator-error.ts';

/** The request header that carries a fault, as JSON, for the request's own response. */
export const FAULT_HEADER = 'x-simulator-fault';

/**
 * The fault a request gets: the one it asks for, or else the one injected for it. A request that asks for its own does
 * not count for the injected ones.
 *
 * @throws RequestRefused 400 if the header's fault is wrong
 */
export function faultForRequest(
  headers: IncomingHttpHeaders,
  rules: FaultRules,
  target: FaultTarget,
): Fault | undefined {
  const header = headers[FAULT_HEADER];
  if (header === undefined) return rules.take(target);
  try {
    return checkFault(JSON.parse(String(header)));
  } catch (error) {
    const reason =
      error instanceof SyntaxError
        ? 'is not JSON'
        : error instanceof SimulatorError
          ? `is wrong: ${error.message}`
          : undefined;
    if (reason === undefined) throw error;
    throw new RequestRefused({
      status: 400,
      message: `The header ${FAULT_HEADER} ${reason}`,
      param: FAULT_HEADER,
      code: 'invalid_fault',
    });
  }
}
