import { TestTracer } from '@integrations/testing';
import { noopTracer } from '@integrations/types';
import { describe, expect, it } from 'vitest';
import { ACME_TELEMETRY } from '../acme.test.support.ts';
import { runInToolSpan } from './tool-span.ts';

const TOOL = { name: 'search', callId: 'call_1', type: 'function' };

function settings<T>(tracer: T): {
  tracer: T;
  profile: typeof ACME_TELEMETRY;
  genAiProfile: '1.41';
} {
  return { tracer, profile: ACME_TELEMETRY, genAiProfile: '1.41' };
}

describe('the span of a tool', () => {
  it('says which tool it is, and is current while it runs', async () => {
    const tracer = new TestTracer();
    const outer = tracer.startSpan('outer');
    const result = await tracer.withSpan(outer, () =>
      runInToolSpan(settings(tracer), TOOL, async () => {
        await Promise.resolve();
        expect(tracer.currentSpan()).toBe(tracer.span('execute_tool search'));
        expect(tracer.span('execute_tool search').ended).toBe(false);
        return 'found';
      }),
    );
    expect(result).toBe('found');
    const span = tracer.span('execute_tool search');
    expect(span).toMatchObject({ kind: 'internal', status: 'ok', ended: true, lateCalls: [] });
    expect(span.parent).toBe(outer);
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.provider.name': 'acme_ai',
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.type': 'function',
    });
  });

  it.each([
    [
      'at once',
      (): never => {
        throw new Error('lost');
      },
    ],
    ['later', () => Promise.reject(new Error('lost'))],
  ])('has the error of a tool that fails %s', async (_when, run) => {
    const tracer = new TestTracer();
    await expect(runInToolSpan(settings(tracer), TOOL, run)).rejects.toThrow('lost');
    const span = tracer.span('execute_tool search');
    expect(span).toMatchObject({ status: 'error', ended: true, lateCalls: [] });
    expect(span.errors).toEqual([new Error('lost')]);
  });

  it('is none where nothing is traced', async () => {
    expect(await runInToolSpan(settings(noopTracer), TOOL, () => 'found')).toBe('found');
    await expect(
      runInToolSpan(settings(noopTracer), TOOL, () => {
        throw new Error('lost');
      }),
    ).rejects.toThrow('lost');
  });
});
