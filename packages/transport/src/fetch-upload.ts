import type { Upload } from './upload.ts';

/** What `fetch` is told of a body that is made while it is sent. */
export interface FetchUpload {
  readonly body: ReadableStream<Uint8Array> | Blob;
  readonly duplex?: 'half';
}

/**
 * Whether this platform's `fetch` sends a body while it is made, by the test that the
 * Fetch standard's authors give: whoever can't turns the stream into the text of an
 * object, and so adds a content type.
 * https://developer.chrome.com/docs/capabilities/web-apis/fetch-streaming-requests
 */
function canStreamUploads(): boolean {
  if (typeof Request === 'undefined' || typeof ReadableStream === 'undefined') return false;
  let asked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex(): 'half' {
      asked = true;
      return 'half';
    },
  };
  const { headers } = new Request('https://localhost', init);
  return asked && !headers.has('content-type');
}

function toReadableStream(upload: Upload): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await upload.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => upload.close(),
    },
    // Nothing is read ahead of what the connection takes.
    { highWaterMark: 0 },
  );
}

async function toBlob(upload: Upload): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of upload) chunks.push(chunk as Uint8Array<ArrayBuffer>);
  return new Blob(chunks);
}

/**
 * An upload as a stream, or all of it at once.
 *
 * @param asStream whether `fetch` takes a stream; undefined to find out.
 */
export async function toFetchUpload(
  upload: Upload,
  asStream: boolean | undefined,
): Promise<FetchUpload> {
  if (asStream ?? canStreamUploads()) return { body: toReadableStream(upload), duplex: 'half' };
  return { body: await toBlob(upload) };
}
