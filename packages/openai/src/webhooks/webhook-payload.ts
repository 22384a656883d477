import { InvalidJsonError, ValidationError } from '@integrations/errors';

/** The body of a request as it came: text, or bytes. */
export type WebhookPayload = string | Uint8Array | ArrayBuffer;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @throws ValidationError for anything but the raw body. */
function bytesOf(payload: WebhookPayload): Uint8Array {
  if (typeof payload === 'string') return encoder.encode(payload);
  if (payload instanceof Uint8Array) return payload;
  if (payload instanceof ArrayBuffer) return new Uint8Array(payload);
  throw new ValidationError(
    'A webhook is verified by the bytes that came: pass the raw body, as text or as bytes. JSON that was parsed and written again has other bytes.',
    { issues: [{ path: 'payload', message: 'must be a string, a Uint8Array or an ArrayBuffer' }] },
  );
}

/** What is signed: the id, the timestamp and the raw body, between dots. */
export function signedContent(
  id: string,
  timestamp: string,
  payload: WebhookPayload,
): Uint8Array<ArrayBuffer> {
  const body = bytesOf(payload);
  const stamp = encoder.encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(stamp.length + body.length);
  content.set(stamp);
  content.set(body, stamp.length);
  return content;
}

/** The JSON of a body. @throws InvalidJsonError */
export function parsePayload(payload: WebhookPayload): unknown {
  const text = typeof payload === 'string' ? payload : decoder.decode(payload);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidJsonError('The webhook is signed rightly, but its body is not valid JSON.', {
      cause,
    });
  }
}
