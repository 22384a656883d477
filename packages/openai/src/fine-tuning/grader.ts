import type { AsRequest } from '@integrations/provider';
import type { ResponseInputText } from '../responses/content/input-content.ts';
import type { ReasoningEffort } from '../responses/response-config.ts';

/** A part of what a model that grades is told; `{{ }}` stands for fields of the sample. */
export type GraderContentPart =
  | AsRequest<ResponseInputText>
  | { readonly type: 'output_text'; readonly text: string }
  | {
      readonly type: 'input_image';
      readonly image_url: string;
      readonly detail?: string | undefined;
    }
  | {
      readonly type: 'input_audio';
      /** `data` is base64. */
      readonly input_audio: { readonly data: string; readonly format: 'mp3' | 'wav' };
    };

/** What a model that grades is told. */
export interface GraderMessage {
  readonly role: 'user' | 'assistant' | 'system' | 'developer';
  readonly content: string | GraderContentPart | readonly (string | GraderContentPart)[];
  readonly type?: 'message' | undefined;
}

/** Compares two texts. */
export interface StringCheckGrader {
  readonly type: 'string_check';
  readonly name: string;
  readonly input: string;
  readonly reference: string;
  readonly operation: 'eq' | 'ne' | 'like' | 'ilike';
}

/** Measures how alike two texts are. */
export interface TextSimilarityGrader {
  readonly type: 'text_similarity';
  readonly name: string;
  readonly input: string;
  readonly reference: string;
  readonly evaluation_metric:
    | 'cosine'
    | 'fuzzy_match'
    | 'bleu'
    | 'gleu'
    | 'meteor'
    | 'rouge_1'
    | 'rouge_2'
    | 'rouge_3'
    | 'rouge_4'
    | 'rouge_5'
    | 'rouge_l';
}

/** Runs a script. */
export interface PythonGrader {
  readonly type: 'python';
  readonly name: string;
  readonly source: string;
  readonly image_tag?: string | undefined;
}

/** Asks a model for a number. */
export interface ScoreModelGrader {
  readonly type: 'score_model';
  readonly name: string;
  readonly model: string;
  readonly input: readonly GraderMessage[];
  /** Lowest and highest. @default [0, 1] */
  readonly range?: readonly number[] | undefined;
  readonly sampling_params?:
    | {
        readonly max_completions_tokens?: number | null | undefined;
        readonly reasoning_effort?: ReasoningEffort | null | undefined;
        readonly seed?: number | null | undefined;
        readonly temperature?: number | null | undefined;
        readonly top_p?: number | null | undefined;
      }
    | undefined;
}

/** Asks a model for one of some labels. */
export interface LabelModelGrader {
  readonly type: 'label_model';
  readonly name: string;
  readonly model: string;
  readonly input: readonly GraderMessage[];
  readonly labels: readonly string[];
  readonly passing_labels: readonly string[];
}

/** Reckons with what another grader says. */
export interface MultiGrader {
  readonly type: 'multi';
  readonly name: string;
  /** The formula. */
  readonly calculate_output: string;
  readonly graders:
    | StringCheckGrader
    | TextSimilarityGrader
    | PythonGrader
    | ScoreModelGrader
    | LabelModelGrader;
}

/** Says how good an answer is, from 0 to 1. */
export type Grader =
  | StringCheckGrader
  | TextSimilarityGrader
  | PythonGrader
  | ScoreModelGrader
  | MultiGrader;
