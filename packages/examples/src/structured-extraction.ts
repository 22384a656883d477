import { createMistralClient } from '@integrations/mistral';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';
import { extract } from './structured-extraction/extract.ts';
import { Invoice } from './structured-extraction/invoice.ts';

const TEXT = `Larch & Sons Ltd., Invoice 2026-17
Two ledgers, bound in cloth: 84.00 EUR. One journal: 21.50 EUR.
Please pay 105.50 EUR by 31 March 2026.`;

await runExample(async (signal) => {
  await using api = await whichApi('mistral');
  await using client = createMistralClient(api.options);
  console.log(`Reading an invoice with ${api.where}:\n\n${TEXT}\n`);
  const invoice = await extract({
    client,
    model: 'mistral-small-latest',
    text: TEXT,
    schema: Invoice,
    name: 'invoice',
    signal,
  });
  console.log(JSON.stringify(invoice, null, 2));
  if (api.simulator === undefined) return;
  console.log('\nThe simulator fills in the form without understanding the text.');
});
