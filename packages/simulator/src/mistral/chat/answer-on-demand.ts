import { nullable, oneOf, optional, record, type Shape } from '../shape.ts';

/** Answers that come only when a request asks for them, by `metadata.simulator_answer`. */
export type AnswerOnDemand =
  /** The answer is cut in the middle, as by a limit of tokens. */
  | 'length'
  /** The same, as by the limit of the model's context. */
  | 'model_length'
  /** The model breaks off with an error. */
  | 'error'
  /** A text where JSON was asked for. */
  | 'invalid_json'
  /** JSON that does not fit the schema. */
  | 'wrong_shape'
  /** Calls whose arguments are an object instead of JSON text. */
  | 'object_arguments'
  /** Calls that a stream brings by pieces, of which only the first has an id and a name. */
  | 'tool_call_pieces'
  /** The same, but the further pieces have the id `null` and an empty name. */
  | 'tool_call_nulls';

/** A request's `metadata`, of which the simulator heeds the answer that it asks for. */
export const METADATA: Shape<
  { readonly simulator_answer: AnswerOnDemand | undefined } | undefined
> = nullable(
  record(
    {
      simulator_answer: optional(
        oneOf(
          'length',
          'model_length',
          'error',
          'invalid_json',
          'wrong_shape',
          'object_arguments',
          'tool_call_pieces',
          'tool_call_nulls',
        ),
      ),
    },
    { open: true },
  ),
);
