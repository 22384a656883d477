import {
  decodeTypedEvent,
  type Endpoint,
  type JsonEndpoint,
  type StreamEndpoint,
} from '@integrations/provider';
import type { ResponseStreamEvent } from './events/stream-event.ts';
import { withOutputText } from './output-text.ts';
import type { CompactedResponse, Response } from './response.ts';
import { endOfResponse } from './response-event.ts';
import {
  collectEventFacts,
  collectResponseFacts,
  describeCompactRequest,
  describeResponseRequest,
} from './response-facts.ts';
import type {
  ResponseCompactRequest,
  ResponseCreateRequest,
  ResponseStreamRequest,
} from './response-request.ts';
import { validateCompactRequest, validateResponseRequest } from './response-schema.ts';
import { estimateResponseInputTokens, estimateResponseTokens } from './response-token-estimate.ts';
import { responseTokenUsage } from './response-usage.ts';

export const CREATE: JsonEndpoint<ResponseCreateRequest, Response> = {
  operation: 'responses.create',
  method: 'POST',
  path: '/responses',
  resultKey: 'output',
  validate: validateResponseRequest,
  estimateTokens: estimateResponseTokens,
  estimateInputTokens: estimateResponseInputTokens,
  describe: describeResponseRequest,
  toResult: withOutputText,
  collect: collectResponseFacts,
};

export const CREATE_STREAM: StreamEndpoint<ResponseStreamRequest, ResponseStreamEvent> = {
  operation: 'responses.create_stream',
  method: 'POST',
  path: '/responses',
  validate: validateResponseRequest,
  estimateTokens: estimateResponseTokens,
  decode: decodeTypedEvent,
  endOf: endOfResponse,
  estimateInputTokens: estimateResponseInputTokens,
  describe: describeResponseRequest,
  collect: collectEventFacts,
};

/** Looking at a response costs no tokens: the call that made it has reported them. */
export const RETRIEVE: JsonEndpoint<undefined, Response> = {
  operation: 'responses.retrieve',
  method: 'GET',
  path: '/responses/{response_id}',
  resultKey: 'output',
  toResult: withOutputText,
};

export const RETRIEVE_STREAM: StreamEndpoint<undefined, ResponseStreamEvent> = {
  operation: 'responses.retrieve_stream',
  method: 'GET',
  path: '/responses/{response_id}',
  decode: decodeTypedEvent,
  endOf: endOfResponse,
};

export const CANCEL: JsonEndpoint<undefined, Response> = {
  operation: 'responses.cancel',
  method: 'POST',
  path: '/responses/{response_id}/cancel',
  resultKey: 'output',
  toResult: withOutputText,
};

export const DELETE: Endpoint<undefined> = {
  operation: 'responses.delete',
  method: 'DELETE',
  path: '/responses/{response_id}',
};

export const COMPACT: JsonEndpoint<ResponseCompactRequest, CompactedResponse> = {
  operation: 'responses.compact',
  method: 'POST',
  path: '/responses/compact',
  resultKey: 'output',
  validate: validateCompactRequest,
  estimateTokens: (request) => Math.ceil(estimateResponseInputTokens(request)),
  describe: describeCompactRequest,
  collect: (response, facts) => {
    facts.id = response.id;
    facts.usage = responseTokenUsage(response);
  },
};
