import { genAiRequestAttributes, genAiSpanName } from '@integrations/semantic-conventions';
import { noopTracer } from '@integrations/types';
import type { SpanSettings } from './call-spans.ts';

/** A tool that a model called, for telemetry. */
export interface CalledTool {
  readonly name: string;
  /** The id of the call. */
  readonly callId: string;
  /** Such as `function`. */
  readonly type: string;
}

/** Runs a tool within a span of its own, which is current meanwhile. */
export async function runInToolSpan<Result>(
  { tracer, profile, genAiProfile }: Pick<SpanSettings, 'tracer' | 'profile' | 'genAiProfile'>,
  tool: CalledTool,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  if (tracer === noopTracer) return run();
  const facts = { operation: 'execute_tool', provider: profile.genAiProvider, tool };
  const attributes = genAiRequestAttributes(facts, genAiProfile);
  const span = tracer.startSpan(genAiSpanName(facts), { kind: 'internal', attributes });
  try {
    const result = await tracer.withSpan(span, run);
    span.setStatus('ok');
    return result;
  } catch (error) {
    span.recordError(error);
    span.setStatus('error');
    throw error;
  } finally {
    span.end();
  }
}
