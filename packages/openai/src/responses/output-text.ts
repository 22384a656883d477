import type { Response } from './response.ts';

/** The texts of all messages in one; refusals are none. */
export function outputText(output: Response['output']): string {
  let text = '';
  for (const item of output) {
    if (item.type !== 'message') continue;
    for (const part of item.content) if (part.type === 'output_text') text += part.text;
  }
  return text;
}

/** Adds `output_text`, in place: nobody else has seen the response. */
export function withOutputText(response: Response): Response {
  response.output_text = outputText(response.output);
  return response;
}
