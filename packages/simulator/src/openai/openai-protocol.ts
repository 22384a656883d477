import { Identifiers } from '../identifiers.ts';
import type { Protocol } from '../protocol.ts';
import type { SimulatorSettings } from '../simulator-options.ts';
import { bearerToken, checkApiKey } from './authenticate.ts';
import { chatRoutes } from './chat.ts';
import { embeddingRoutes } from './embeddings.ts';
import { modelRoutes } from './models.ts';
import { openAIErrorBody } from './openai-error.ts';
import { openAIHeaders, rateLimitRefusal } from './response-headers.ts';

/** The OpenAI API. A further resource is a further list of routes. */
export function createOpenAIProtocol(settings: SimulatorSettings): Protocol {
  const identifiers = new Identifiers(settings.seed);
  const { models, wordsPerEvent, apiKeys } = settings;
  return {
    routes: [
      ...chatRoutes({ models, wordsPerEvent, identifiers }),
      ...embeddingRoutes(models),
      ...modelRoutes(models),
    ],
    identify: bearerToken,
    authenticate: (key) => checkApiKey(key, apiKeys),
    rateLimitRefusal,
    errorBody: openAIErrorBody,
    responseHeaders: openAIHeaders,
    nextRequestId: () => `req_${identifiers.nextHex('request', 32)}`,
  };
}
