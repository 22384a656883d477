import { contentText } from '@integrations/provider';
import type { OutputEntry } from './entry.ts';

/** The text of all messages of an answer: no thoughts, and nothing of tools. */
export function outputText(outputs: readonly OutputEntry[]): string {
  const texts = outputs.map((entry) =>
    entry.type === 'message.output' ? contentText(entry.content) : undefined,
  );
  return texts.map((text) => text ?? '').join('');
}
