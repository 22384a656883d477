import type { IncomingMessage, RequestListener } from 'node:http';
import { WebhookSignatureError } from '@integrations/errors';
import type { WebhookEvent, WebhookVerifier } from '@integrations/openai';

/** Far more than any webhook has. */
const MOST_BYTES = 256 * 1024;

/**
 * Receives webhooks. Anybody may send something to its address, so only what is signed is
 * handed on. `onEvent` answers for the event once it returns; where it throws, the webhook
 * is sent again later.
 */
export function webhookListener(
  verifier: Pick<WebhookVerifier, 'unwrap'>,
  onEvent: (event: WebhookEvent) => void | Promise<void>,
): RequestListener {
  return (request, response) => {
    receive(request)
      .then((body) => verifier.unwrap(body, request.headers))
      .then(onEvent)
      .then(() => response.writeHead(204).end())
      .catch((error: unknown) => {
        const isForged = error instanceof WebhookSignatureError;
        response.writeHead(isForged ? 400 : 500, { connection: 'close' }).end();
      });
  };
}

/** The body as it came: a signature belongs to its very bytes. */
async function receive(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('The webhook is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
