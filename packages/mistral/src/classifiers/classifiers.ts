import type {
  CallOptions,
  JsonCaller,
  ResponsePromise,
  WithRequestId,
} from '@integrations/provider';
import type { ClassificationResponse } from './classification.ts';
import type { ChatClassificationRequest, ClassificationRequest } from './classification-request.ts';
import { classifierEndpoint } from './classifier-endpoint.ts';
import { conversations, messages, texts } from './classifier-schema.ts';
import type { ModerationResponse } from './moderation.ts';
import type { ChatModerationRequest, ModerationRequest } from './moderation-request.ts';

const moderate = classifierEndpoint<ModerationRequest, ModerationResponse>({
  operation: 'classifiers.moderate',
  path: '/v1/moderations',
  kind: 'moderation',
  input: texts,
});

const moderateChat = classifierEndpoint<ChatModerationRequest, ModerationResponse>({
  operation: 'classifiers.moderate_chat',
  path: '/v1/chat/moderations',
  kind: 'moderation',
  input: messages,
});

const classify = classifierEndpoint<ClassificationRequest, ClassificationResponse>({
  operation: 'classifiers.classify',
  path: '/v1/classifications',
  kind: 'classification',
  input: texts,
});

const classifyChat = classifierEndpoint<ChatClassificationRequest, ClassificationResponse>({
  operation: 'classifiers.classify_chat',
  path: '/v1/chat/classifications',
  kind: 'classification',
  input: conversations,
});

/** Models that judge texts and conversations, and models that put them into classes. */
export class Classifiers {
  readonly #caller: JsonCaller;

  constructor(caller: JsonCaller) {
    this.#caller = caller;
  }

  /** Whether texts may be harmful, and in what way. `POST /v1/moderations` */
  moderate(
    request: ModerationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ModerationResponse>> {
    return this.#caller.call(moderate, { body: request }, options);
  }

  /** Whether the last turns of conversations may be harmful. `POST /v1/chat/moderations` */
  moderateChat(
    request: ChatModerationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ModerationResponse>> {
    return this.#caller.call(moderateChat, { body: request }, options);
  }

  /** Puts texts into the classes of a model that was trained on them. `POST /v1/classifications` */
  classify(
    request: ClassificationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ClassificationResponse>> {
    return this.#caller.call(classify, { body: request }, options);
  }

  /** Puts conversations into the classes of a model. `POST /v1/chat/classifications` */
  classifyChat(
    request: ChatClassificationRequest,
    options?: CallOptions,
  ): ResponsePromise<WithRequestId<ClassificationResponse>> {
    return this.#caller.call(classifyChat, { body: request }, options);
  }
}
