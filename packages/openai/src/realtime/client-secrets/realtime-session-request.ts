import type { AsRequest } from '@integrations/provider';
import type { ResponsePrompt } from '../../responses/response-config.ts';
import type { ResponseMcpTool } from '../../responses/tools/mcp-tool.ts';
import type { RealtimeAudioFormat, RealtimeAudioInput } from './realtime-audio.ts';

/** A function that the model may call. */
export interface RealtimeFunctionTool {
  readonly type?: 'function' | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** A JSON schema. */
  readonly parameters?: unknown;
}

/** What a session shares, whether it is asked for or given. */
export interface RealtimeSessionFields {
  readonly type: 'realtime';
  readonly include?: readonly 'item.input_audio_transcription.logprobs'[] | undefined;
  readonly instructions?: string | undefined;
  readonly max_output_tokens?: number | 'inf' | undefined;
  readonly model?: string | undefined;
  readonly output_modalities?: readonly ('text' | 'audio')[] | undefined;
  readonly prompt?: AsRequest<ResponsePrompt> | null | undefined;
  readonly reasoning?:
    | { readonly effort?: 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | undefined }
    | undefined;
  readonly tool_choice?:
    | 'none'
    | 'auto'
    | 'required'
    | { readonly type: 'function'; readonly name: string }
    | {
        readonly type: 'mcp';
        readonly server_label: string;
        readonly name?: string | null | undefined;
      }
    | undefined;
  readonly tools?: readonly (RealtimeFunctionTool | AsRequest<ResponseMcpTool>)[] | undefined;
  readonly tracing?:
    | 'auto'
    | {
        readonly group_id?: string | undefined;
        readonly metadata?: unknown;
        readonly workflow_name?: string | undefined;
      }
    | null
    | undefined;
  /** What is left out when a conversation grows too long. */
  readonly truncation?:
    | 'auto'
    | 'disabled'
    | {
        readonly type: 'retention_ratio';
        readonly retention_ratio: number;
        readonly token_limits?: { readonly post_instructions?: number | undefined } | undefined;
      }
    | undefined;
}

/** A session in which a model is talked with. */
export interface RealtimeSessionRequest extends RealtimeSessionFields {
  readonly audio?:
    | {
        readonly input?: RealtimeAudioInput | undefined;
        readonly output?:
          | {
              readonly format?: RealtimeAudioFormat | undefined;
              /** From 0.25 to 1.5. */
              readonly speed?: number | undefined;
              readonly voice?: string | { readonly id: string } | undefined;
            }
          | undefined;
      }
    | undefined;
  readonly parallel_tool_calls?: boolean | undefined;
}

/** A session in which speech becomes text. */
export interface RealtimeTranscriptionSessionRequest {
  readonly type: 'transcription';
  readonly audio?: { readonly input?: RealtimeAudioInput | undefined } | undefined;
  readonly include?: readonly 'item.input_audio_transcription.logprobs'[] | undefined;
}
