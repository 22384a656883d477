import { isStreamingBody } from '@integrations/transport';
import type { HttpRequestBody } from '@integrations/types';
import type { BodyEncoding } from './body-encoding.ts';

/** As the text, the bytes or the stream that it is. */
export const RAW_BODY: BodyEncoding = {
  draft: (body) => {
    const raw = body as HttpRequestBody;
    const upload = isStreamingBody(raw) ? raw : undefined;
    return { writeBody: () => raw, upload, contentType: upload?.contentType };
  },
  shown: () => undefined,
};
