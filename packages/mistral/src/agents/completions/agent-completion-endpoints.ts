import {
  chatCompletionEndpoints,
  type JsonEndpoint,
  type StreamEndpoint,
  validateWith,
} from '@integrations/provider';
import * as v from 'valibot';
import type { ChatCompletion } from '../../chat/chat-completion.ts';
import type { ChatCompletionChunk } from '../../chat/chat-completion-chunk.ts';
import { conversationFields } from '../../chat/chat-completion-schema.ts';
import { filled } from '../agent-schema.ts';
import type { AgentCompletionCreateRequest } from './agent-completion-request.ts';

/** The two ways to be answered by an agent. */
interface AgentCompletionEndpoints {
  readonly complete: JsonEndpoint<AgentCompletionCreateRequest, ChatCompletion>;
  readonly completeStream: StreamEndpoint<AgentCompletionCreateRequest, ChatCompletionChunk>;
}

function endpoints(): AgentCompletionEndpoints {
  const { create, createStream } = chatCompletionEndpoints<
    AgentCompletionCreateRequest,
    ChatCompletion,
    ChatCompletionChunk
  >({
    path: '/v1/agents/completions',
    validate: validateWith('mistral agents.complete', () =>
      v.object({ agent_id: filled(), ...conversationFields() }),
    ),
  });
  return {
    complete: { ...create, operation: 'agents.complete' },
    completeStream: { ...createStream, operation: 'agents.complete_stream' },
  };
}

export const COMPLETIONS: AgentCompletionEndpoints = /* @__PURE__ */ endpoints();
