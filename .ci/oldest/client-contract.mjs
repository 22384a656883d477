// What clients must do whatever versions they stand on: runs in a project that has them, against the simulator.
import assert from 'node:assert/strict';
import { createMistralClient } from '@integrations/mistral';
import { createOpenAIClient } from '@integrations/openai';
import { createSimulator } from '@integrations/simulator';

const messages = [{ role: 'user', content: 'What is a breaker?' }];
const input = ['one', 'two'];

const providers = {
  openai: { create: createOpenAIClient, chat: 'gpt-4o-mini', embed: 'text-embedding-3-small' },
  mistral: { create: createMistralClient, chat: 'mistral-small-latest', embed: 'mistral-embed' },
};

/** Each calls by a client with options of its own. */
const promises = {
  async 'answers a chat'({ chat }) {
    const { choices, usage } = await chat({});
    assert.ok(choices[0].message.content.length > 0);
    assert.ok(usage.total_tokens > 0);
  },
  async 'streams a chat'({ stream }) {
    let text = '';
    for await (const { choices } of await stream({})) text += choices[0]?.delta.content ?? '';
    assert.ok(text.length > 0);
  },
  async 'embeds texts'({ embed }) {
    const { data } = await embed({});
    assert.equal(data.length, input.length);
  },
  async 'tries again'({ chat, simulator }) {
    simulator.inject({ times: 1, fault: { status: 503, retryAfterMs: 1 } });
    await chat({ retry: { initialDelay: 1 } });
    assert.deepEqual(
      simulator.requests.map(({ status }) => status),
      [503, 200],
    );
  },
  async 'opens its breaker'({ chat, simulator }) {
    simulator.inject({ fault: { status: 500 } });
    const options = { maxRetries: 0, circuitBreaker: { failureThreshold: 1 } };
    await assert.rejects(chat(options), { code: 'server' });
    await assert.rejects(chat(options), { code: 'circuit_open' });
    assert.equal(simulator.requests.length, 1);
  },
  async 'keeps within its limits'({ chat, simulator }) {
    const options = { rateLimit: { requestsPerMinute: 1 }, totalTimeout: 500 };
    await chat(options);
    await assert.rejects(chat(options), /limit|time/i);
    assert.equal(simulator.requests.length, 1);
  },
  async 'leaves its breaker shut when it is throttled'({ chat, simulator }) {
    simulator.inject({ times: 1, fault: { status: 429 } });
    const options = { maxRetries: 0, circuitBreaker: { failureThreshold: 1 } };
    await assert.rejects(chat(options), { code: 'rate_limit' });
    await chat(options);
  },
  async 'tells failures by their code'({ chat, simulator }) {
    simulator.inject({ fault: { status: 401 } });
    await assert.rejects(chat({}), { code: 'authentication', status: 401, retryable: false });
  },
};

async function keep(name, promise) {
  const { create, chat, embed } = providers[name];
  const simulator = await createSimulator({ provider: name });
  const clients = new Map();
  const clientWith = (options) => {
    const key = JSON.stringify(options);
    const made = { apiKey: 'test-key', baseURL: simulator.baseURL, ...options };
    if (!clients.has(key)) clients.set(key, create(made));
    return clients.get(key);
  };
  try {
    await promise({
      simulator,
      chat: (options) => clientWith(options).chat.create({ model: chat, messages }),
      stream: (options) => clientWith(options).chat.createStream({ model: chat, messages }),
      embed: (options) => clientWith(options).embeddings.create({ model: embed, input }),
    });
  } finally {
    for (const client of clients.values()) await client.close();
    await simulator.close();
  }
}

async function main() {
  for (const name of Object.keys(providers)) {
    for (const [what, promise] of Object.entries(promises)) {
      try {
        await keep(name, promise);
      } catch (error) {
        console.error(`${name} no longer ${what}: ${error.message}`);
        process.exitCode = 1;
      }
    }
  }
}

void main();
