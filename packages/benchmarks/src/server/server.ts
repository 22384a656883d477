import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answerSource, STREAM_HEADERS, streamEvents } from './answers.ts';
import { type Behaviour, behaviourOf } from './behaviour.ts';
import { embeddingAnswers } from './embedding-answers.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };

function send(response: ServerResponse, { headers, body }: Answer): void {
  response.writeHead(200, { ...headers, 'content-length': body.length });
  response.end(body);
}

/** What a stream writes at a time, made once for each behaviour. */
class Writes {
  readonly #made = new Map<string, readonly Uint8Array[]>();

  for({ chunks, eventsPerWrite }: Behaviour): readonly Uint8Array[] {
    const key = `${chunks} ${eventsPerWrite}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const events = streamEvents(chunks);
    const writes = Array.from({ length: Math.ceil(events.length / eventsPerWrite) }, (_, at) =>
      Buffer.concat(events.slice(at * eventsPerWrite, (at + 1) * eventsPerWrite)),
    );
    this.#made.set(key, writes);
    return writes;
  }
}

async function stream(
  response: ServerResponse,
  writes: readonly Uint8Array[],
  paceMs: number,
): Promise<void> {
  response.writeHead(200, STREAM_HEADERS);
  for (const [index, write] of writes.entries()) {
    if (index > 0) await (paceMs === 0 ? nextTurn() : sleep(paceMs));
    response.write(write);
  }
  response.end();
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('latin1');
  for await (const text of request) body += text as string;
  return body;
}

/**
 * Speaks as much of the APIs as is measured, with bodies that are made beforehand:
 * completions, streams of chunks, vectors. `GET /held` tells how many answers are held
 * back, and `GET /release` sends them.
 */
export function createBenchmarkServer(): Server {
  const nextAnswer = answerSource();
  const embeddings = embeddingAnswers();
  const writes = new Writes();
  const held = new Set<() => void>();

  function wait(delay: Behaviour['delay']): Promise<void> {
    if (delay !== 'hold') return sleep(delay);
    return new Promise((resolve) => held.add(resolve));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await read(request);
    if (path === '/held') return send(response, told({ held: held.size }));
    if (path === '/release') {
      for (const resolve of held) resolve();
      held.clear();
      return send(response, told({ held: 0 }));
    }
    const behaviour = behaviourOf(path);
    if (path.endsWith('/embeddings')) {
      const asBase64 = body.includes('"base64"');
      return send(response, {
        headers: JSON_HEADERS,
        body: asBase64 ? embeddings.base64 : embeddings.float,
      });
    }
    if (!path.endsWith('/chat/completions')) throw new TypeError(`There is nothing at ${path}.`);
    if (body.includes('"stream":true')) {
      return stream(response, writes.for(behaviour), behaviour.paceMs);
    }
    if (behaviour.delay !== 0) await wait(behaviour.delay);
    return send(response, nextAnswer());
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(400, JSON_HEADERS);
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
}

function told(value: object): Answer {
  return { headers: JSON_HEADERS, body: Buffer.from(JSON.stringify(value)) };
}
