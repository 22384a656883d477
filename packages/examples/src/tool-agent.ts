import { createInterface } from 'node:readline/promises';
import { createOpenAIClient } from '@integrations/openai';
import { runExample } from './example/run-example.ts';
import { whichApi } from './example/which-api.ts';
import { askOrderAgent } from './tool-agent/order-agent.ts';
import { type Approve, orderTools } from './tool-agent/order-tools.ts';
import { Orders } from './tool-agent/orders.ts';

/** The simulator calls the tools that a question names. */
const QUESTION = 'Please find_order {"number":17}, then cancel_order {"number":18}.';

const ORDERS = new Orders([
  { number: 17, item: 'a ledger', status: 'sent' },
  { number: 18, item: 'a journal', status: 'open' },
]);

const approve: Approve = async (action, signal) => {
  // Nobody is there to be asked, so nothing is done.
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y/i.test(await terminal.question(`May I ${action}? [y/N] `, { signal }));
  } finally {
    terminal.close();
  }
};

await runExample(async (signal) => {
  await using api = await whichApi('openai');
  await using client = createOpenAIClient(api.options);
  const [question = QUESTION] = process.argv
    .slice(2)
    .filter((argument) => argument !== '--simulate');
  console.log(`Asking ${api.where}: ${question}`);
  const answer = await askOrderAgent({
    client,
    model: 'gpt-5-mini',
    question,
    tools: orderTools(ORDERS, approve),
    signal,
    onToolResult: (result) => console.log(`  tool: ${result}`),
  });
  console.log(answer);
});
