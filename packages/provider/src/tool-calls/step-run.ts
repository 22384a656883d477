import { AbortedError, ValidationError } from '@integrations/errors';

/** Why a run has no end. */
interface Failure {
  readonly error: unknown;
}

/**
 * Work that proceeds as its steps are read with `for await`, and that leaving the loop
 * ends; where somebody waits for its end instead, it is read to its end.
 */
export abstract class StepRun<Step> implements AsyncIterable<Step> {
  readonly #call: string;
  readonly #over: Promise<Failure | undefined>;
  #end: (failure: Failure | undefined) => void = () => undefined;
  #claimed = false;

  /** @param call what was called, for messages: `openai chat.runTools`. */
  constructor(call: string) {
    this.#call = call;
    this.#over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** @throws ValidationError when the run has been read, or is being read, already. */
  [Symbol.asyncIterator](): AsyncGenerator<Step, void, undefined> {
    if (this.#claimed) {
      throw new ValidationError(
        `${this.#call}: this run has been read already. A run can be read once: keep what it gives.`,
      );
    }
    this.#claimed = true;
    return this.#steps();
  }

  /** Does the work, step by step. */
  protected abstract work(): AsyncGenerator<Step, void, undefined>;

  /** Waits for the end of the run, and reads it where nobody does. @throws what ended it early. */
  protected async ended(): Promise<void> {
    if (!this.#claimed) await this.#runToEnd();
    const failure = await this.#over;
    if (failure !== undefined) throw failure.error;
  }

  async #runToEnd(): Promise<void> {
    const steps = this[Symbol.asyncIterator]();
    while (!(await steps.next()).done);
  }

  async *#steps(): AsyncGenerator<Step, void, undefined> {
    const left = new AbortedError(`${this.#call}: the run was left before its end.`);
    let failure: Failure | undefined = { error: left };
    try {
      yield* this.work();
      failure = undefined;
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      this.#end(failure);
    }
  }
}
