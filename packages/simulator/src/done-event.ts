import type { ServerEvent } from './reply.ts';

/** The end mark of the streams of chats and completions. */
export const DONE: ServerEvent = { data: '[DONE]' };
