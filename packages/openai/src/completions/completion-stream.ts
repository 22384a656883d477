import { ProtocolError } from '@integrations/errors';
import { type EventReader, EventStream } from '@integrations/provider';
import { CompletionAccumulator } from './completion-accumulator.ts';
import type { Completion } from './completion.ts';

/** Streamed texts that follow on a prompt. */
export class CompletionStream extends EventStream<Completion> {
  readonly #answer: CompletionAccumulator;

  constructor(reader: EventReader<Completion>) {
    const answer = new CompletionAccumulator();
    super(reader, (piece) => answer.add(piece));
    this.#answer = answer;
  }

  /**
   * The whole answer, put together from the pieces. Reads the stream to its end where
   * nobody does; may be called before, while or after the pieces are read.
   *
   * @throws the error that ended the stream, or AbortedError when its reader left early.
   */
  async finalCompletion(): Promise<Completion> {
    await this.finished();
    const completion = this.#answer.completion();
    if (completion !== undefined) return completion;
    throw new ProtocolError(
      'openai completions.create_stream: the stream ended properly, but a text in it has no finish_reason.',
      { status: this.status, requestId: this.requestId },
    );
  }
}
