import { AbortedError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runToolCalls, type ToolCallsOptions, type ToolFunctions } from './run-tool-calls.ts';
import { type ToolCallContext, toolFunctionOf, toolParts } from './tool-function.ts';

function functions(run: (n: number, context: ToolCallContext) => unknown): ToolFunctions {
  const parts = toolParts({
    name: 'add',
    parameters: z.object({ n: z.number() }),
    function: ({ n }, context) => run(n, context),
  });
  const found = toolFunctionOf(parts);
  return new Map(found === undefined ? [] : [['add', found]]);
}

function calls(...texts: readonly string[]): { id: string; name: string; arguments: string }[] {
  return texts.map((text, at) => ({ id: `call_${at}`, name: 'add', arguments: text }));
}

const OPTIONS: ToolCallsOptions = {
  concurrency: 2,
  signal: undefined,
  runTool: async (_tool, run) => run(),
};

describe('runToolCalls', () => {
  it('gives results in the order of the calls, texts as they are and the rest as JSON', async () => {
    const given = ['text', { a: 1 }, undefined, null, 5];
    const outcomes = await runToolCalls(
      functions((n) => given[n]),
      calls(...given.map((_, n) => `{"n":${n}}`)),
      OPTIONS,
    );
    expect(outcomes.map(({ id, content }) => [id, content])).toEqual([
      ['call_0', 'text'],
      ['call_1', '{"a":1}'],
      ['call_2', 'undefined'],
      ['call_3', 'null'],
      ['call_4', '5'],
    ]);
    expect(outcomes.every(({ error }) => error === undefined)).toBe(true);
  });

  it('runs as many at a time as it may', async () => {
    let running = 0;
    let most = 0;
    const outcomes = await runToolCalls(
      functions(async (n) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return n;
      }),
      calls(...Array.from({ length: 7 }, (_, n) => `{"n":${n}}`)),
      OPTIONS,
    );
    expect(most).toBe(2);
    expect(outcomes.map(({ content }) => content).join('')).toBe('0123456');
  });

  it('tells what went wrong, and runs the rest', async () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    // Anything may be thrown.
    const thrownText: unknown = 'a text';
    const secret = 'sk-abcdefghijklmnopqrstuvwxyz123456';
    const outcomes = await runToolCalls(
      functions((n) => {
        if (n === 0) throw new Error(`no power, key ${secret}`);
        if (n === 1) return Promise.reject<unknown>(thrownText);
        return n === 2 ? cycle : n;
      }),
      [
        ...calls('{"n":0}', '{"n":1}', '{"n":2}', '{"n":"x"}', 'no JSON', '{"n":9}'),
        { id: 'other', name: 'sub', arguments: '{}' },
      ],
      OPTIONS,
    );
    const contents = outcomes.map(({ content }) => content);
    expect(contents).toEqual([
      expect.stringContaining('no power'),
      'a text',
      expect.stringContaining('circular'),
      expect.stringMatching(/^The input of "add" does not fit the schema\. n: /),
      expect.stringContaining('is not JSON'),
      '9',
      'There is no function "sub". There are: add.',
    ]);
    expect(contents.join()).not.toContain(secret);
    expect(outcomes.map(({ error }) => error === undefined)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  it('tells a function of its call', async () => {
    let seen: ToolCallContext | undefined;
    await runToolCalls(
      functions((_n, context) => (seen = context)),
      calls('{"n":1}'),
      OPTIONS,
    );
    expect(seen).toMatchObject({ id: 'call_0', name: 'add' });
  });

  it('stops at once when it is aborted, even where a function is deaf to it', async () => {
    const abort = new AbortController();
    const begun: number[] = [];
    let told = false;
    const running = runToolCalls(
      functions((n, { signal }) => {
        begun.push(n);
        signal.addEventListener('abort', () => (told = true));
        if (n === 1) abort.abort(new Error('enough'));
        return new Promise(() => undefined);
      }),
      calls('{"n":0}', '{"n":1}', '{"n":2}'),
      { ...OPTIONS, signal: abort.signal },
    );
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    expect(begun).toEqual([0, 1]);
    expect(told).toBe(true);
  });
});
