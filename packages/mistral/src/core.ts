export {
  createCaller,
  createStreamCaller,
  EventStream,
  type CoreCaller,
  type JsonCaller,
  type Protect,
  type ProtectingParts,
  protectWith,
  type ProviderCore,
} from '@integrations/provider';
export { CoreChat as Chat, CoreChatStreams as ChatStreams } from './chat/core-chat.ts';
export { Classifiers } from './classifiers/classifiers.ts';
export { Embeddings } from './embeddings/embeddings.ts';
export { Files } from './files/files.ts';
export { Fim } from './fim/fim.ts';
export { createMistralCore, type MistralCoreOptions } from './mistral-core.ts';
export { Models } from './models/models.ts';
export { Ocr } from './ocr/ocr.ts';
