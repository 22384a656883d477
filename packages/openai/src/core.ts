export {
  EventStream,
  createCaller,
  createStreamCaller,
  protectWith,
  type CoreCaller,
  type JsonCaller,
  type Protect,
  type ProtectingParts,
  type ProviderCore,
} from '@integrations/provider';
export { CoreChat as Chat, CoreChatStreams as ChatStreams } from './chat/core-chat.ts';
export { ChatCompletions } from './chat/completions/completions.ts';
export { Embeddings } from './embeddings/embeddings.ts';
export { Files } from './files/files.ts';
export { Models } from './models/models.ts';
export { Moderations } from './moderations/moderations.ts';
export { createOpenAICore, type OpenAICoreOptions } from './openai-core.ts';
export { Responses } from './responses/responses.ts';
