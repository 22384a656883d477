const encoder = new TextEncoder();

export const VECTORS = 100;
export const DIMENSIONS = 1536;

/** Numbers as long as those of the API, the same every time. */
function vectorOf(index: number): Float32Array {
  return Float32Array.from(
    { length: DIMENSIONS },
    (_, at) => Math.sin(index * DIMENSIONS + at) / 40,
  );
}

function bodyWith(embeddingOf: (vector: Float32Array) => unknown): Uint8Array {
  const data = Array.from({ length: VECTORS }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: embeddingOf(vectorOf(index)),
  }));
  const usage = { prompt_tokens: 800, total_tokens: 800, completion_tokens: 0 };
  const id = 'embd-0123456789';
  return encoder.encode(JSON.stringify({ id, object: 'list', data, model: 'embed', usage }));
}

/** The vectors of a request, in the two forms in which they travel. */
export function embeddingAnswers(): { readonly base64: Uint8Array; readonly float: Uint8Array } {
  return {
    base64: bodyWith(({ buffer }) => Buffer.from(buffer).toString('base64')),
    float: bodyWith((vector) => [...vector]),
  };
}
