/** Where an item stands. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** Who called a tool: the model itself, or a program that it wrote. */
export type ToolCaller = { type: 'direct' } | { type: 'program'; caller_id: string };

/** Who may call a tool. */
export type AllowedCaller = 'direct' | 'programmatic';

/** An item that is passed in may lack its id and its status. */
export interface OptionalIdentity {
  id?: string | null;
  status?: ItemStatus | null;
}

/** Everybody who may speak in a conversation. */
export type ItemRole =
  | 'unknown'
  | 'user'
  | 'assistant'
  | 'system'
  | 'critic'
  | 'discriminator'
  | 'developer'
  | 'tool';
