import { TurnLimitError, ValidationError } from '@integrations/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AcmeHarness, DONE } from '../acme.test.support.ts';
import {
  type AcmeChatRequest,
  type AcmeCompletion,
  type AcmeMessage,
  askForStream,
  CHAT,
  DIALECT,
  event,
  QUESTION,
} from './acme-chat.test.support.ts';
import type { ChatEvent } from './chat-event.ts';
import type { ChatToolRun, ToolRunRules } from './chat-tool-run.ts';
import { type ParseableTool, standardFunction } from './function-tool.ts';
import { runChatTools, type RunToolsOptions } from './run-chat-tools.ts';
import { argumentsText, callId } from './tool-call-draft.ts';
import type { WireChunk } from './wire-chat.ts';

const ADD = standardFunction({
  name: 'add',
  parameters: z.object({ a: z.number(), b: z.number() }),
  function: ({ a, b }) => a + b,
});

/** As a provider has it whose calls may come without an id. */
const RULES: ToolRunRules<AcmeCompletion, AcmeMessage, AcmeMessage> = {
  dialect: DIALECT,
  toTurn: ({ content, tool_calls: called = [] }) => {
    const calls = called.map((call, at) => ({
      id: callId(call) ?? `made-${at}`,
      name: call.function?.name ?? '',
      arguments: argumentsText(call.function?.arguments),
    }));
    const tool_calls = calls.map(({ id, ...function_ }) => ({ id, function: function_ }));
    return { message: { role: 'assistant', content, tool_calls }, calls };
  },
  toToolMessage: ({ id, content }) => ({ role: 'tool', tool_call_id: id, content }),
};

const CALLED = { id: 'null', function: { name: 'add', arguments: { a: 1, b: 2 } } };

function answer(message: object, reason: string, tokens: number): object {
  const usage = { prompt_tokens: tokens, completion_tokens: 1, total_tokens: tokens + 1 };
  const choices = [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: reason }];
  return { id: 'answer', model: 'small-2', choices, usage };
}

interface AcmeToolsRequest extends Omit<AcmeChatRequest, 'tools'> {
  readonly tools: readonly ParseableTool<unknown>[];
}

function run(
  h: AcmeHarness,
  request: Partial<AcmeToolsRequest> = {},
  options: RunToolsOptions = {},
): ChatToolRun<AcmeCompletion, AcmeMessage, AcmeMessage, ChatEvent<WireChunk>> {
  const whole: AcmeToolsRequest = { ...QUESTION, tools: [ADD], ...request };
  return runChatTools<
    AcmeToolsRequest,
    AcmeCompletion,
    AcmeMessage,
    AcmeMessage,
    unknown,
    ChatEvent<WireChunk>
  >(
    whole,
    options,
    {
      complete: (body, callOptions) => h.caller.call(CHAT.create, { body }, callOptions),
      stream: (body, outputs, callOptions) => askForStream(h, body, outputs, callOptions),
      runTool: (tool, work) => h.caller.runTool(tool, work),
    },
    RULES,
  );
}

/** The bodies that were sent. */
function sent(h: AcmeHarness): { messages: AcmeMessage[]; tool_choice?: unknown }[] {
  return h.transport.requests.map(({ body }) => JSON.parse(body as string));
}

describe('runChatTools', () => {
  it('goes on until the model calls no tool, by the rules of the provider', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer({ tool_calls: [CALLED] }, 'tool_calls', 3) });
    h.transport.respond({
      json: answer({ content: [{ type: 'text', text: 'Three.' }] }, 'stop', 5),
    });
    const steps: unknown[] = [];
    const going = run(h);
    for await (const step of going) steps.push(step);
    expect(steps).toMatchObject([
      { type: 'completion' },
      { type: 'tool_result', call: CALLED, message: { content: '3' }, error: undefined },
      { type: 'completion' },
    ]);
    expect(await going.finalContent()).toBe('Three.');
    expect(await going.totalUsage()).toEqual({
      prompt_tokens: 8,
      completion_tokens: 2,
      total_tokens: 10,
    });
    expect(sent(h)[1]?.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        tool_calls: [{ id: 'made-0', function: { name: 'add', arguments: '{"a":1,"b":2}' } }],
      },
      { role: 'tool', tool_call_id: 'made-0', content: '3' },
    ]);
  });

  it.each(['any', 'required'])('requires a tool by %j once', async (choice) => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer({ tool_calls: [CALLED] }, 'tool_calls', 3) });
    h.transport.respond({ json: answer({ content: 'Three.' }, 'stop', 5) });
    await run(h, { tool_choice: choice }).finalMessage();
    expect(sent(h).map((body) => body.tool_choice)).toEqual([choice, 'auto']);
  });

  it('ends with the result of a function that every answer has to call', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer({ tool_calls: [CALLED] }, 'stop', 3) });
    const choice = { type: 'function', function: { name: 'add' } };
    await run(h, { tool_choice: choice }).finalCompletion();
    expect(h.transport.requests).toHaveLength(1);
  });

  it('streams the answers', async () => {
    const h = new AcmeHarness();
    h.transport.stream([event({ tool_calls: [CALLED] }, 'tool_calls'), DONE]);
    h.transport.stream([event({ content: 'Three.' }, 'stop'), DONE]);
    const types: string[] = [];
    for await (const { type } of run(h, { stream: true })) types.push(type);
    expect(types).toEqual([
      'chunk',
      'tool_calls.function.arguments.delta',
      'tool_calls.function.arguments.done',
      'completion',
      'tool_result',
      'chunk',
      'content.delta',
      'content.done',
      'completion',
    ]);
  });

  it('ends at its limit', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer({ tool_calls: [CALLED] }, 'tool_calls', 3) });
    const failed = run(h, {}, { maxChatCompletions: 1 }).finalCompletion();
    await expect(failed).rejects.toBeInstanceOf(TurnLimitError);
    await expect(failed).rejects.toThrow(/^acme chat\.runTools: after 1 answers/);
  });

  it('runs no calls of an answer that was cut', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: answer({ tool_calls: [CALLED] }, 'model_length', 3) });
    await expect(run(h).finalCompletion()).rejects.toThrow(/Raise `max_tokens`/);
  });

  it('tells of an answer without choices', async () => {
    const h = new AcmeHarness();
    h.transport.respond({ json: { choices: [] } });
    await expect(run(h).finalCompletion()).rejects.toThrow(
      'acme chat.runTools: the answer has no choices.',
    );
  });

  it('refuses what cannot be run', () => {
    const h = new AcmeHarness();
    const bare = standardFunction({ name: 'add', parameters: z.object({}) });
    expect(() => run(h, { tools: [bare] })).toThrow(ValidationError);
    expect(() => run(h, { n: 2 } as object)).toThrow(/one answer only/);
    expect(() => run(h, {}, { toolConcurrency: 0 })).toThrow(/toolConcurrency/);
    expect(h.transport.requests).toHaveLength(0);
  });
});
