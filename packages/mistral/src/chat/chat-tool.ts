/** A function that the model may call. */
export interface FunctionTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string | undefined;
    /** Whether the model keeps to the schema exactly. @default false */
    readonly strict?: boolean | undefined;
    /** A JSON schema. */
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

/** Which functions of a tool the model may use, and which of them only when asked. */
export interface ToolConfiguration {
  readonly include?: readonly string[] | null | undefined;
  readonly exclude?: readonly string[] | null | undefined;
  readonly requires_confirmation?: readonly string[] | null | undefined;
}

/** A tool that the provider runs. */
export interface HostedTool {
  readonly type: 'web_search' | 'web_search_premium' | 'code_interpreter' | 'image_generation';
  readonly tool_configuration?: ToolConfiguration | null | undefined;
}

/** Searches in libraries of documents. */
export interface DocumentLibraryTool {
  readonly type: 'document_library';
  readonly library_ids: readonly string[];
  readonly tool_configuration?: ToolConfiguration | null | undefined;
}

/** Something outside that the account is connected with. */
export interface ConnectorTool {
  readonly type: 'connector';
  readonly connector_id: string;
  readonly authorization?:
    | { readonly type: 'oauth2-token' | 'api-key'; readonly value: string }
    | null
    | undefined;
  readonly tool_configuration?: ToolConfiguration | null | undefined;
}

/** What the model may use. */
export type ChatTool = FunctionTool | HostedTool | DocumentLibraryTool | ConnectorTool;

/** Which tool, if any, the model must call; `any` and `required` mean the same. */
export type ToolChoice =
  | 'auto'
  | 'none'
  | 'any'
  | 'required'
  | { readonly type?: 'function' | undefined; readonly function: { readonly name: string } };
