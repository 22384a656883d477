import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMistralClient } from '@integrations/mistral';
import { embedTexts } from './bulk-embedding/embed-texts.ts';
import { VectorFile } from './bulk-embedding/vector-file.ts';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';

/** Of the vectors of `mistral-embed`. */
const DIMENSIONS = 1024;

await runExample(async (signal) => {
  const { positionals } = parseArgs({ allowPositionals: true, strict: false });
  const [input = await writeSample(), output = `${input}.f32`] = positionals;
  await using api = await whichApi('mistral', { latencyMs: 20 });
  await using client = createMistralClient(api.options);
  await using source = await open(input);
  await using file = await VectorFile.open(output, DIMENSIONS);
  console.log(`Embedding the lines of ${input} with ${api.where}; ${file.count} are done.`);

  await embedTexts(source.readLines(), file, {
    client,
    model: 'mistral-embed',
    signal,
    onProgress: (count) => console.log(`${count} vectors`),
  });
  console.log(`${file.count} vectors in ${output}. After a failure, the same command goes on.`);
});

/** A file to embed where none was named. */
async function writeSample(): Promise<string> {
  const path = join(tmpdir(), `bulk-embedding-${process.pid}.txt`);
  const sample = createWriteStream(path);
  for (let line = 1; line <= 1000; line += 1) sample.write(`Entry ${line} of the ledger.\n`);
  await once(sample.end(), 'finish');
  return path;
}
