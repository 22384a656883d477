import { createMistralClient } from '@integrations/mistral';
import type { ProviderName } from '@integrations/simulator';
import {
  type Answer,
  answerError,
  answerEvents,
  answerJson,
  echoOf,
} from './echo-server.test.support.ts';
import type { FailurePath } from './failure-path.test.support.ts';

const OPENAI: readonly FailurePath[] = [
  {
    name: 'an empty account',
    code: 'quota_exhausted',
    run: (bench) => bench.ask(answerError(429, 'insufficient_quota')),
  },
  {
    name: 'an error event before all others',
    code: 'authentication',
    run: (bench) =>
      bench.stream(
        answerEvents((request) => [
          JSON.stringify({ error: { message: echoOf(request), code: 'invalid_api_key' } }),
        ]),
      ),
  },
];

/** As Mistral's own validation answers: it quotes what people wrote. */
function answerIssues(prompt: string): Answer {
  return answerJson(422, (request) => ({
    detail: [
      {
        type: 'extra_forbidden',
        loc: ['body', 'messages', 0],
        msg: echoOf(request),
        input: { content: prompt, headers: request.headers },
        ctx: { given: prompt },
      },
    ],
  }));
}

const MISTRAL: readonly FailurePath[] = [
  {
    name: 'what its validation quotes',
    code: 'unprocessable',
    run: (bench) => bench.ask(answerIssues(bench.marked.prompt)),
  },
  {
    name: 'an error of its own form',
    code: 'bad_request',
    run: (bench) =>
      bench.ask(
        answerJson(400, (request) => ({
          object: 'error',
          message: { detail: echoOf(request) },
          type: request.headers.authorization,
          param: request.headers.authorization,
          code: request.headers.authorization,
        })),
      ),
  },
  {
    name: 'no allowance',
    code: 'quota_exhausted',
    run: (bench) =>
      bench.ask((request, response) => {
        response.setHeader('x-ratelimit-limit-req-minute', '0');
        answerError(429)(request, response);
      }),
  },
  {
    name: 'an error event of its own form, before all others',
    code: 'rate_limit',
    run: (bench) =>
      bench.stream(
        answerEvents((request) => [
          JSON.stringify({ object: 'error', message: echoOf(request), code: '1300' }),
        ]),
      ),
  },
  {
    name: 'secrets of a job that are sent back',
    code: 'bad_request',
    run: async (bench) => {
      const { key, jobSecret } = bench.marked;
      const message = `no such account: ${key} ${jobSecret}`;
      const baseURL = await bench.serve(answerJson(400, () => ({ message })));
      await using client = createMistralClient({ ...bench.options, apiKey: key, baseURL });
      await client.fineTuning.create({
        model: 'open-mistral-nemo',
        hyperparameters: {},
        integrations: [{ project: 'p', api_key: jobSecret }],
      });
    },
  },
];

/** What only one provider answers. */
export const OWN_ANSWERS: Readonly<Record<ProviderName, readonly FailurePath[]>> = {
  openai: OPENAI,
  mistral: MISTRAL,
};
