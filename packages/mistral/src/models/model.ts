/** What a model can do. */
export interface ModelCapabilities {
  completion_chat?: boolean;
  function_calling?: boolean;
  reasoning?: boolean;
  completion_fim?: boolean;
  fine_tuning?: boolean;
  vision?: boolean;
  ocr?: boolean;
  classification?: boolean;
  moderation?: boolean;
  audio?: boolean;
  audio_transcription?: boolean;
  audio_transcription_realtime?: boolean;
  audio_speech?: boolean;
  unified_resources?: boolean;
}

/** What all models have. */
interface ModelCard {
  id: string;
  object: 'model';
  /** Seconds since 1970. */
  created?: number;
  owned_by?: string;
  capabilities: ModelCapabilities;
  name?: string | null;
  description?: string | null;
  /** Tokens of prompt and answer together at most. */
  max_context_length?: number;
  /** Other names of it. */
  aliases?: string[];
  /** When the provider will switch it off, by ISO 8601, if that is known. */
  deprecation?: string | null;
  /** What to use in its place. */
  deprecation_replacement_model?: string | null;
  default_model_temperature?: number | null;
  internal?: boolean;
}

/** A model of the provider. */
export interface BaseModel extends ModelCard {
  type: 'base';
}

/** A model that came of fine-tuning. */
export interface FineTunedModelCard extends ModelCard {
  type: 'fine-tuned';
  /** The job that it came of. */
  job: string;
  /** The model that was tuned. */
  root: string;
  archived?: boolean;
}

/** A model that the key may use. */
export type Model = BaseModel | FineTunedModelCard;

/** All models that the key may use. */
export interface ModelList {
  object: 'list';
  data: Model[];
}

/** Which models to list. */
export interface ModelQuery {
  /** Only models of this provider. */
  readonly provider?: string | null | undefined;
  /** Only the model of this name. */
  readonly model?: string | null | undefined;
}

/** A model was deleted. */
export interface ModelDeleted {
  id: string;
  object: string;
  deleted: boolean;
}
