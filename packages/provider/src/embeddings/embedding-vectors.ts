import { ProtocolError } from '@integrations/errors';
import type { Embedding } from './embedding.ts';

/** An input has no vector that can be used. */
export class InvalidVectorError extends ProtocolError {
  /** The position of the input. */
  readonly input: number;

  constructor(call: string, input: number, what: string) {
    super(`${call}: the vector of input ${input} ${what}.`);
    this.input = input;
  }
}

type Numbers = readonly number[] | Float32Array;

/** Checks and sorts the vectors of one request. */
export class VectorCheck<Vector extends Numbers> {
  readonly #call: string;
  /** What the first vector has, where nothing was asked for. */
  #dimensions: number | undefined;

  /**
   * @param call for messages: `acme embeddings.createMany`.
   * @param dimensions the length that was asked for, if any was.
   */
  constructor(call: string, dimensions: number | undefined) {
    this.#call = call;
    this.#dimensions = dimensions;
  }

  /**
   * The embeddings of a request in the order of its inputs, each with its position among all.
   *
   * @throws InvalidVectorError for a vector that is missing, of another length than the
   *   others, or has something that is no finite number in it.
   */
  place(data: readonly Embedding<Vector>[], first: number, count: number): Embedding<Vector>[] {
    const byIndex = new Map(data.map((each) => [each.index, each]));
    return Array.from({ length: count }, (_, at) => {
      const embedding = byIndex.get(at);
      if (embedding === undefined) throw this.#invalid(first + at, 'is missing');
      this.#check(embedding.embedding, first + at);
      return { ...embedding, index: first + at };
    });
  }

  #check(vector: Vector, input: number): void {
    this.#dimensions ??= vector.length;
    if (vector.length !== this.#dimensions) {
      const what = `has ${vector.length} numbers, not ${this.#dimensions} as it should`;
      throw this.#invalid(input, what);
    }
    for (let at = 0; at < vector.length; at += 1) {
      if (!Number.isFinite(vector[at])) {
        throw this.#invalid(input, `has ${vector[at]} at position ${at}`);
      }
    }
  }

  #invalid(input: number, what: string): InvalidVectorError {
    return new InvalidVectorError(this.#call, input, what);
  }
}
