import { isIntegrationError } from '@integrations/errors';
import { createMistralClient, type MistralClient } from '@integrations/mistral';
import { createSimulator, type Simulator } from '@integrations/simulator';
import {
  describeCircuitBreakerContract,
  describeLoggerContract,
  ManualClock,
  type WrittenLine,
} from '@integrations/testing';
import type { LogLevel } from '@integrations/types';
import { ConsecutiveBreaker, CountBreaker } from 'cockatiel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CockatielBreaker } from './cockatiel-breaker.ts';
import { LogfmtLogger } from './logfmt-logger.ts';

describeCircuitBreakerContract({
  describe,
  it,
  name: 'CockatielBreaker',
  create: ({ failureThreshold, openMs, clock }) =>
    new CockatielBreaker({
      opensBy: () => new ConsecutiveBreaker(failureThreshold),
      openMs,
      clock,
    }),
});

/** A line read back. */
function readLine(line: string): WrittenLine {
  const pairs = [...line.matchAll(/(\w+)=("(?:\\.|[^"\\])*"|\S*)/g)].map(
    ([, name = '', value = '']) => [name, valueOf(value)] as const,
  );
  const { level, msg, ...fields } = Object.fromEntries(pairs);
  return { level: level as LogLevel, message: String(msg), fields };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

describeLoggerContract({
  describe,
  it,
  name: 'LogfmtLogger',
  create: ({ level }) => {
    const lines: string[] = [];
    const logger = new LogfmtLogger((line) => lines.push(line), level);
    return { logger, lines: () => lines.map(readLine) };
  },
});

const LOOP: Record<string, unknown> = {};
LOOP['self'] = LOOP;

describe('LogfmtLogger', () => {
  it.each<[string, unknown]>([
    ['plain', 'plain'],
    ['"two words"', 'two words'],
    [String.raw`"two\nlines"`, 'two\nlines'],
    ['7', 7],
    ['undefined', undefined],
    [`"{ a: 'b c' }"`, { a: 'b c' }],
    ['"[ 1n ]"', [BigInt(1)]],
    ['"<ref *1> { self: [Circular *1] }"', LOOP],
    ['"TypeError: not this"', new TypeError('not this')],
  ])('writes a value on one line: %s', (text, value) => {
    const lines: string[] = [];
    new LogfmtLogger((line) => lines.push(line), 'info').info('hello', { value });
    expect(lines).toEqual([`level=info msg=hello value=${text}`]);
  });
});

describe('a client with parts of its own', () => {
  let simulator: Simulator;
  let client: MistralClient;
  let clock: ManualClock;
  let lines: string[];

  beforeEach(async () => {
    simulator = await createSimulator({ provider: 'mistral' });
    clock = new ManualClock();
    lines = [];
    client = createMistralClient({
      apiKey: 'test-key',
      baseURL: simulator.baseURL,
      maxRetries: 0,
      circuitBreaker: new CockatielBreaker({
        opensBy: () => new CountBreaker({ threshold: 0.4, size: 4 }),
        openMs: 30_000,
        clock,
      }),
      logger: new LogfmtLogger((line) => lines.push(line), 'info'),
    });
  });

  afterEach(async () => {
    await client.close();
    await simulator.close();
  });

  function ask(content = 'What is a ledger?'): Promise<string> {
    const messages = [{ role: 'user', content }] as const;
    return client.chat.create({ model: 'mistral-small-latest', messages }).then(
      () => 'answered',
      (error: unknown) => (isIntegrationError(error) ? error.code : String(error)),
    );
  }

  it('is refused by that breaker, and let through again', async () => {
    expect(await ask()).toBe('answered');
    simulator.inject({ times: 4, fault: { status: 503 } });
    const outcomes = [await ask(), await ask(), await ask(), await ask()];
    expect(outcomes).toEqual(['overloaded', 'overloaded', 'overloaded', 'circuit_open']);
    expect(simulator.requests).toHaveLength(4);
    await clock.advance(30_000);
    expect([await ask(), await ask()]).toEqual(['overloaded', 'circuit_open']);
    await clock.advance(30_000);
    expect([await ask(), await ask()]).toEqual(['answered', 'answered']);
  });

  it('does not count what says nothing of the service', async () => {
    simulator.inject({ times: 8, fault: { status: 422 } });
    for (let call = 0; call < 8; call += 1) expect(await ask()).not.toBe('circuit_open');
    expect(await ask()).toBe('answered');
  });

  it('writes its lines with that logger, without the key', async () => {
    simulator.inject({ fault: { status: 503 } });
    await ask();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => /^level=(error|warn|info) msg=/.test(line))).toBe(true);
    expect(lines.join('\n')).not.toContain('test-key');
  });
});
