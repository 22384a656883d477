/** A thought as a part of a content, or a piece of one that is not over yet. */
export function thinkingPart(thought: string, closed: boolean): unknown {
  return { type: 'thinking', thinking: [{ type: 'text', text: thought }], closed };
}
