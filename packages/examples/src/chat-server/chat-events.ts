import type { ChatCompletionChunk } from '@integrations/openai';

/**
 * An answer as server-sent events, each made when it is asked for. A page tells a
 * whole answer by its `done` from one that broke off.
 */
export async function* chatEvents(
  chunks: AsyncIterable<ChatCompletionChunk>,
  onError: (error: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  try {
    for await (const { choices } of chunks) {
      const text = choices[0]?.delta.content ?? '';
      if (text !== '') yield event('text', { text });
    }
    yield event('done', {});
  } catch (error) {
    onError(error);
    // The status is sent already, so this is the only way to tell.
    yield event('failed', { message: 'The answer broke off. Please ask again.' });
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
