import type { IncomingMessage } from 'node:http';
import { isForm, parseForm } from './form-data.ts';
import { RequestRefused } from './refusal.ts';
import { TransmissionEnded } from './transmission.ts';

/**
 * Reads a request's body to its end. Of one that is too large nothing is kept, but it is still read: a client that is
 * answered while it sends would see a reset instead of the answer.
 *
 * @throws RequestRefused 413
 * @throws TransmissionEnded if the client goes away
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    if (request.complete) throw error;
    throw new TransmissionEnded(true);
  }
  if (bytes <= maxBytes) return Buffer.concat(chunks);
  throw new RequestRefused({
    status: 413,
    message: `The request's body has ${bytes} bytes; ${maxBytes} are allowed.`,
  });
}

/** A body that is not what its content type says. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}

/** A form, or JSON, as the content type says; `undefined` if the body is empty. @throws UnreadableBody */
export async function parseBody(bytes: Buffer, contentType: string | undefined): Promise<unknown> {
  if (bytes.length === 0) return undefined;
  return isForm(contentType) ? readForm(bytes, contentType) : readJson(bytes);
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw notValid('JSON', error);
  }
}

async function readForm(bytes: Buffer, contentType: string): Promise<unknown> {
  try {
    return await parseForm(bytes, contentType);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw notValid('multipart/form-data', error);
  }
}

function notValid(format: string, error: Error): UnreadableBody {
  return new UnreadableBody(`The request's body is not valid ${format}: ${error.message}.`, {
    cause: error,
  });
}
