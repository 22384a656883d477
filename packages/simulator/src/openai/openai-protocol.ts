import { bearerToken } from '../api-key.ts';
import { Identifiers } from '../identifiers.ts';
import type { Protocol, Route } from '../protocol.ts';
import type { SimulatorSettings } from '../simulator-options.ts';
import { epochSeconds } from '../wall-time.ts';
import { assistantRoutes } from './assistants/assistant-routes.ts';
import { speechRoutes } from './audio/speech-routes.ts';
import { transcriptionRoutes } from './audio/transcription-routes.ts';
import { checkApiKey } from './authenticate.ts';
import { chatRoutes } from './chat.ts';
import { completionRoutes } from './completions/completion-routes.ts';
import { conversationRoutes } from './conversations/conversations.ts';
import { embeddingRoutes } from './embeddings.ts';
import { fineTuningRoutes } from './fine-tuning/fine-tuning-routes.ts';
import { imageRoutes } from './images/image-routes.ts';
import { modelRoutes } from './models.ts';
import { moderationRoutes } from './moderations/moderation-routes.ts';
import { openAIErrorBody } from './openai-error.ts';
import { clientSecretRoutes } from './realtime/client-secret-routes.ts';
import { openAIHeaders, rateLimitRefusal } from './response-headers.ts';
import { createResponseMemory } from './responses/response-context.ts';
import { responseRoutes } from './responses/responses.ts';
import { storedCompletionRoutes } from './stored-completions/stored-completion-routes.ts';
import { storageRoutes } from './storage-routes.ts';
import { StoredCompletions } from './stored-completions/stored-completions.ts';
import { watchEndings } from './webhooks/watch-endings.ts';
import { WebhookHub } from './webhooks/webhook-hub.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';

/** The OpenAI API. A further resource is a further list of routes. */
export function createOpenAIProtocol(settings: SimulatorSettings): Protocol {
  const identifiers = new Identifiers(settings.seed);
  const { wordsPerEvent, apiKeys } = settings;
  // Fine-tuning adds models, and they can be deleted.
  const models = [...settings.models];
  const stored = new StoredCompletions();
  const memory = createResponseMemory(identifiers);
  const webhooks = new WebhookHub(identifiers);
  const routes: Route[] = [
    ...chatRoutes({ models, wordsPerEvent, identifiers, stored }),
    ...storedCompletionRoutes(stored),
    ...completionRoutes({ wordsPerEvent, identifiers }),
    ...conversationRoutes(memory),
    ...embeddingRoutes(models),
    ...(settings.retired ? assistantRoutes({ models, identifiers }) : []),
    ...fineTuningRoutes({ models, identifiers }),
    ...imageRoutes(),
    ...modelRoutes(models),
    ...moderationRoutes(identifiers),
    ...responseRoutes({ models, wordsPerEvent, memory }),
    ...clientSecretRoutes(identifiers),
    ...speechRoutes(),
    ...transcriptionRoutes(wordsPerEvent),
    ...webhookRoutes(webhooks, identifiers),
  ];
  // Batches run what the other routes answer.
  routes.push(...storageRoutes({ identifiers, routes, now: epochSeconds }));
  return {
    basePath: '/v1',
    routes: watchEndings(routes, webhooks),
    identify: bearerToken,
    authenticate: (key) => checkApiKey(key, apiKeys),
    rateLimitRefusal,
    unknownPath: (method, path) => ({
      status: 404,
      message: `Invalid URL (${method} ${path})`,
      code: null,
    }),
    unreadableBody: (message) => ({ status: 400, message }),
    errorBody: openAIErrorBody,
    responseHeaders: openAIHeaders,
    settled: () => webhooks.settled(),
    close: () => webhooks.close(),
    nextRequestId: () => `req_${identifiers.nextHex('request', 32)}`,
  };
}
