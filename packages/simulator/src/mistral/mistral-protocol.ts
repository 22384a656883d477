import { bearerToken, isAccepted } from '../api-key.ts';
import { Identifiers } from '../identifiers.ts';
import type { Protocol, Route } from '../protocol.ts';
import { RequestRefused } from '../refusal.ts';
import type { SimulatorSettings } from '../simulator-options.ts';
import { epochSeconds } from '../wall-time.ts';
import { speechRoutes } from './audio/speech-routes.ts';
import { transcriptionRoutes } from './audio/transcription-routes.ts';
import { voiceRoutes } from './audio/voice-routes.ts';
import { VoiceShelf } from './audio/voice-shelf.ts';
import { batchRoutes } from './batch/batch-routes.ts';
import { agentCompletionRoutes } from './agents/agent-completion-routes.ts';
import { agentRoutes } from './agents/agent-routes.ts';
import { AgentStore } from './agents/agent-store.ts';
import { PromptCache } from './chat/prompt-cache.ts';
import { chatRoutes } from './chat/chat-routes.ts';
import { classifierRoutes } from './classifiers/classifier-routes.ts';
import { conversationRoutes } from './conversations/conversation-routes.ts';
import { embeddingRoutes } from './embeddings/embedding-routes.ts';
import { FileShelf } from './files/file-shelf.ts';
import { fileRoutes } from './files/file-routes.ts';
import { fimRoutes } from './fim/fim-routes.ts';
import { fineTuningRoutes, goneFineTuningRoutes } from './fine-tuning/fine-tuning-routes.ts';
import { libraryRoutes } from './libraries/library-routes.ts';
import { mistralErrorBody } from './mistral-error.ts';
import { ModelShelf } from './models/model-shelf.ts';
import { modelRoutes } from './models/model-routes.ts';
import { ocrRoutes } from './ocr/ocr-routes.ts';
import { promptRoutes } from './prompts/prompt-routes.ts';
import { unprocessable } from './request-problem.ts';
import { mistralHeaders, rateLimitRefusal } from './response-headers.ts';
import { SignedUrls } from './signed-urls.ts';
import { nextUuid } from './uuid.ts';

/** The Mistral API. A further resource is a further list of routes. */
export function createMistralProtocol(settings: SimulatorSettings): Protocol {
  const { wordsPerEvent, apiKeys } = settings;
  const identifiers = new Identifiers(settings.seed);
  const models = new ModelShelf(settings.models);
  const chat = { wordsPerEvent, identifiers, cache: new PromptCache() };
  const files = new FileShelf(identifiers, epochSeconds);
  const urls = new SignedUrls(identifiers, epochSeconds);
  const voices = new VoiceShelf(identifiers);
  const agents = new AgentStore(models, identifiers);
  const routes: Route[] = [
    ...agentCompletionRoutes(agents, chat),
    ...agentRoutes(agents),
    ...chatRoutes(models, chat),
    ...classifierRoutes(models, identifiers),
    ...conversationRoutes(models, { ...chat, agents }),
    ...embeddingRoutes(models, identifiers),
    ...fileRoutes(files, urls),
    ...fimRoutes(models, chat),
    ...(settings.retired ? fineTuningRoutes(models, identifiers) : goneFineTuningRoutes()),
    ...libraryRoutes(identifiers, urls),
    ...modelRoutes(models),
    ...ocrRoutes(models, files),
    ...promptRoutes(identifiers),
    ...speechRoutes(models, voices),
    ...transcriptionRoutes({ models, files, wordsPerEvent }),
    ...voiceRoutes(voices),
  ];
  // Batches run what the other routes answer.
  const protocol = { routes, errorBody: mistralErrorBody };
  routes.push(...batchRoutes({ identifiers, files, protocol, now: epochSeconds }));
  return {
    basePath: '',
    routes,
    identify: bearerToken,
    authenticate: (key) => {
      if (key === '' || !isAccepted(key, apiKeys)) throw new RequestRefused({ status: 401 });
    },
    rateLimitRefusal,
    unknownPath: () => ({ status: 404 }),
    unreadableBody: (message) =>
      unprocessable([
        {
          type: 'json_invalid',
          loc: ['body', 0],
          msg: 'JSON decode error',
          input: {},
          ctx: { error: message },
        },
      ]),
    errorBody: mistralErrorBody,
    responseHeaders: mistralHeaders,
    nextRequestId: () => nextUuid(identifiers, 'request'),
    settled: () => Promise.resolve(),
    close: () => undefined,
  };
}
