import type { OpenAIClient, RunnableTool } from '@integrations/openai';

/** What an agent has, and is asked. */
export interface OrderAgentOptions {
  readonly client: Pick<OpenAIClient, 'chat'>;
  readonly model: string;
  readonly question: string;
  readonly tools: readonly RunnableTool[];
  /** Answers of the model, those that call tools included, before it is stopped. @default 8 */
  readonly maxTurns?: number;
  readonly signal?: AbortSignal;
  /** Told what each tool gave back. */
  readonly onToolResult?: (result: string) => void;
}

/**
 * Lets the model call tools until it has an answer.
 *
 * @throws TurnLimitError when it has none after `maxTurns` answers.
 */
export async function askOrderAgent({
  client,
  model,
  question,
  tools,
  maxTurns: maxChatCompletions = 8,
  signal,
  onToolResult,
}: OrderAgentOptions): Promise<string> {
  const messages = [
    { role: 'system', content: 'You help customers of a shop with their orders.' },
    { role: 'user', content: question },
  ] as const;
  const run = client.chat.completions.runTools(
    { model, messages, tools },
    { maxChatCompletions, signal },
  );
  for await (const step of run) {
    if (step.type !== 'tool_result') continue;
    const { content } = step.message;
    onToolResult?.(typeof content === 'string' ? content : JSON.stringify(content));
  }
  return (await run.finalContent()) ?? '';
}
