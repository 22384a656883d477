import { checkRule } from './fault-check.ts';
import type { FaultMatch, FaultRule } from './fault-rule.ts';
import type { Fault } from './fault.ts';

/** A rule in force. */
export interface InjectedFault {
  /** How many requests got the fault. */
  readonly hits: number;
  /** Takes the rule out; a second call does nothing. */
  remove(): void;
}

/** What a rule is matched against. */
export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly model: string | undefined;
}

interface RuleInForce {
  readonly rule: FaultRule;
  readonly until: number;
  seen: number;
  hits: number;
}

/** The injected faults. A request is offered to them in the order they were injected and gets the first that is due. */
export class FaultRules {
  readonly #now: () => number;
  readonly #rules = new Set<RuleInForce>();

  /** @param now a monotonic clock in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws SimulatorError `invalid_fault` */
  inject(rule: FaultRule): InjectedFault {
    checkRule(rule);
    const inForce = {
      rule: structuredClone(rule),
      until: this.#now() + (rule.forMs ?? Infinity),
      seen: 0,
      hits: 0,
    };
    this.#rules.add(inForce);
    return {
      get hits() {
        return inForce.hits;
      },
      remove: () => {
        this.#rules.delete(inForce);
      },
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The fault the request gets, if any. */
  take(target: FaultTarget): Fault | undefined {
    for (const inForce of this.#rules) {
      if (this.#isOver(inForce)) this.#rules.delete(inForce);
      else if (matches(inForce.rule.match, target) && isDue(inForce)) return inForce.rule.fault;
    }
    return undefined;
  }

  #isOver({ rule, until, hits }: RuleInForce): boolean {
    return this.#now() >= until || hits >= (rule.times ?? Infinity);
  }
}

function isDue(inForce: RuleInForce): boolean {
  inForce.seen += 1;
  const turn = inForce.seen - (inForce.rule.skip ?? 0);
  if (turn <= 0 || turn % (inForce.rule.every ?? 1) !== 0) return false;
  inForce.hits += 1;
  return true;
}

function matches(match: FaultMatch | undefined, target: FaultTarget): boolean {
  if (match === undefined) return true;
  if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
  if (match.model !== undefined && match.model !== target.model) return false;
  return match.path === undefined || matchesPath(match.path, target.path);
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
