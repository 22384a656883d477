/** A file that the text draws on. */
export interface ResponseFileCitation {
  type: 'file_citation';
  file_id: string;
  filename: string;
  /** Position among the files. */
  index: number;
}

/** A page on the web that the text draws on. */
export interface ResponseUrlCitation {
  type: 'url_citation';
  start_index: number;
  end_index: number;
  title: string;
  url: string;
}

/** A file in a container that the text draws on. */
export interface ResponseContainerFileCitation {
  type: 'container_file_citation';
  container_id: string;
  file_id: string;
  filename: string;
  start_index: number;
  end_index: number;
}

/** A file that the model made. */
export interface ResponseFilePath {
  type: 'file_path';
  file_id: string;
  index: number;
}

/** What a text refers to. */
export type ResponseAnnotation =
  | ResponseFileCitation
  | ResponseUrlCitation
  | ResponseContainerFileCitation
  | ResponseFilePath;

/** The probability of a token that could have come. */
export interface ResponseTopLogprob {
  token: string;
  bytes: number[];
  logprob: number;
}

/** The probability of a token of the text, and those of the likeliest others. */
export interface ResponseLogprob extends ResponseTopLogprob {
  top_logprobs: ResponseTopLogprob[];
}

/** Text that the model wrote. */
export interface ResponseOutputText {
  type: 'output_text';
  text: string;
  annotations: ResponseAnnotation[];
  logprobs?: ResponseLogprob[];
}

/** Why the model would not answer, in its own words. */
export interface ResponseOutputRefusal {
  type: 'refusal';
  refusal: string;
}

/** A part of a message of the model's. */
export type ResponseOutputContent = ResponseOutputText | ResponseOutputRefusal;

/** What the model thought. */
export interface ResponseReasoningText {
  type: 'reasoning_text';
  text: string;
}

/** What the model thought, summed up. */
export interface ResponseSummaryText {
  type: 'summary_text';
  text: string;
}
