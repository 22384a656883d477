import { TurnLimitError } from '@integrations/errors';

/** What a run of tools came to when it was stopped. */
export interface TurnLimit {
  /** What was called: `openai chat.runTools`. */
  readonly call: string;
  readonly turns: number;
  /** The option that sets the limit. */
  readonly option: string;
  /** The member of the run that shows what was said. */
  readonly transcript: string;
}

/** The model still called tools when its turns were over. */
export function tooManyTurns({ call, turns, option, transcript }: TurnLimit): TurnLimitError {
  return new TurnLimitError(
    `${call}: after ${turns} answers the model still calls tools. Raise \`${option}\`, or look at \`${transcript}\` for what it is stuck on.`,
  );
}
