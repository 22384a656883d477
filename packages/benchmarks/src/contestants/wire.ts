import { EMBEDDING_MODEL, REQUEST, TEXTS } from './requests.ts';

/** The part of the answers that is used. */
export interface Completion {
  readonly usage: { readonly total_tokens: number };
}

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
}

export interface Embeddings {
  readonly data: readonly { readonly embedding: string }[];
}

/** What is written by hand sends the same as the libraries. */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  authorization: 'Bearer test-key',
};

export const chatBody = (): string => JSON.stringify(REQUEST);

export const streamBody = (): string => JSON.stringify({ ...REQUEST, stream: true });

export const embeddingBody = (): string =>
  JSON.stringify({ model: EMBEDDING_MODEL, input: TEXTS, encoding_format: 'base64' });

/** A vector out of the form that it travels in, without a copy where that can be. */
export function float32(base64: string): Float32Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, 'base64');
  return byteOffset % 4 === 0
    ? new Float32Array(buffer, byteOffset, byteLength / 4)
    : new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** Reads events as they come: as little as that can be. */
export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #onText: () => void;
  #rest = '';
  texts = 0;

  constructor(onText: () => void) {
    this.#onText = onText;
  }

  push(bytes: Uint8Array): void {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n', from)) {
      this.#read(text.slice(from + 'data: '.length, end));
      from = end + 2;
    }
    this.#rest = text.slice(from);
  }

  #read(data: string): void {
    if (data === '[DONE]') return;
    const { choices } = JSON.parse(data) as Chunk;
    if (choices[0]?.delta.content === undefined) return;
    this.texts += 1;
    if (this.texts === 1) this.#onText();
  }
}
