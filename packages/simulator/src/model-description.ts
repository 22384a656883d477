/** A model the simulator offers. */
export interface ModelDescription {
  readonly id: string;
  /** @default 'embedding' if the id has `embed` in it, else 'chat' */
  readonly kind?: 'chat' | 'embedding';
  /** The dated model that answers for this one, named in the responses. @default the id itself */
  readonly snapshot?: string;
  /** An embedding model's dimensions. @default 1536, of Mistral's 1024 */
  readonly dimensions?: number;
  /** Whether requests may ask for fewer dimensions. @default true, of `mistral-embed` false */
  readonly shortens?: boolean;
  /** Seconds since 1970. @default 1686935002 */
  readonly created?: number;
  /** @default 'system', of Mistral's 'mistralai' */
  readonly ownedBy?: string;
  /** When the model goes, as `YYYY-MM-DD`. @default null */
  readonly shutdownDate?: string | null;
}

export function kindOf(model: ModelDescription): 'chat' | 'embedding' {
  return model.kind ?? (model.id.includes('embed') ? 'embedding' : 'chat');
}

/** When a model was made of which nobody says when: seconds since 1970. */
export const UNKNOWN_CREATION = 1_686_935_002;
