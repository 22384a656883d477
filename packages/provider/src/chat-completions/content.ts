import type { WireContent, WireContentPart } from './wire-chat.ts';

interface TextPart extends WireContentPart {
  readonly text: string;
}

interface ThinkingPart extends WireContentPart {
  readonly thinking: WireContent;
}

export function isTextPart(part: WireContentPart): part is TextPart {
  return part.type === 'text' && typeof (part as Partial<TextPart>).text === 'string';
}

export function isThinkingPart(part: WireContentPart): part is ThinkingPart {
  return part.type === 'thinking' && 'thinking' in part;
}

/** The text of a content, without what else it holds; null where it holds no text. */
export function contentText(content: WireContent): string | null {
  if (content === null || content === undefined) return null;
  if (typeof content === 'string') return content;
  const texts = content.filter(isTextPart);
  return texts.length === 0 ? null : texts.map(({ text }) => text).join('');
}

/** What a model thought before it answered; null where the content tells nothing of it. */
export function thinkingText(content: WireContent): string | null {
  if (content === null || content === undefined || typeof content === 'string') return null;
  const thoughts = content.filter(isThinkingPart);
  if (thoughts.length === 0) return null;
  return thoughts.map(({ thinking }) => contentText(thinking) ?? '').join('');
}
