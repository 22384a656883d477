import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../post.test.support.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let simulator: Simulator;
let library: string;

beforeAll(async () => {
  simulator = await createSimulator({ provider: 'mistral' });
  const response = await post(simulator, '/v1/libraries', { name: 'Ledgers' });
  const { id } = (await response.json()) as { id: string };
  library = `/v1/libraries/${id}`;
});

afterAll(() => simulator.close());

function ask(method: string, path: string, body?: FormData): Promise<Response> {
  const headers = { authorization: 'Bearer test-key' };
  return fetch(`${simulator.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

async function upload(content: string, name = 'a.txt'): Promise<string> {
  const form = new FormData();
  form.append('file', new File([content], name));
  const response = await ask('POST', `${library}/documents`, form);
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  return `${library}/documents/${id}`;
}

describe('/v1/libraries', () => {
  it.each([
    [{}, 'missing'],
    [{ name: '' }, 'string_too_short'],
    [{ name: 'a', chunk_size: 1 }, 'greater_than_equal'],
    [{ name: 'a', colour: 'red' }, 'extra_forbidden'],
  ])('refuses %j', async (body, type) => {
    const response = await post(simulator, '/v1/libraries', body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ message: { detail: [{ type }] } });
  });

  it('tells an id that is none from one of nobody', async () => {
    expect((await ask('GET', '/v1/libraries/none')).status).toBe(422);
    expect((await ask('GET', `/v1/libraries/${NOBODY}`)).status).toBe(404);
  });

  it('goes on by token, and tells numbers as long as nobody uses one', async () => {
    await post(simulator, '/v1/libraries', { name: 'Other' });
    const first = (await (await ask('GET', '/v1/libraries?page_size=1')).json()) as {
      next_page_token: string;
    };
    expect(first).toMatchObject({ pagination: { total_items: 2, has_more: true } });
    const query = `page_size=1&page_token=${first.next_page_token}`;
    const last: unknown = await (await ask('GET', `/v1/libraries?${query}`)).json();
    expect(last).toMatchObject({ data: [{ name: 'Ledgers' }], next_page_token: null });
    expect(last).not.toHaveProperty('pagination');
  });
});

describe('/v1/libraries/{library_id}/documents', () => {
  it('wants a file', async () => {
    const form = new FormData();
    form.append('file', 'text');
    for (const body of [form, undefined])
      expect((await ask('POST', `${library}/documents`, body)).status).toBe(422);
  });

  it('gives the text of what has been processed only', async () => {
    const path = await upload('One');
    expect((await ask('GET', `${path}/text_content`)).status).toBe(404);
    for (const status of ['in_progress', 'done'])
      expect(await (await ask('GET', `${path}/status`)).json()).toMatchObject({
        process_status: status,
      });
    expect(await (await ask('GET', `${path}/text_content`)).json()).toEqual({ text: 'One' });
  });

  it('signs addresses that are good for what they were signed for', async () => {
    const path = await upload('One');
    const url = (await (await ask('GET', `${path}/signed-url`)).json()) as string;
    expect(await (await fetch(url)).text()).toBe('One');
    const other = new URL(url);
    other.pathname = other.pathname.replace(/content$/, 'text');
    expect((await fetch(other)).status).toBe(403);
  });

  it('forgets what was deleted', async () => {
    const path = await upload('One');
    const deleted = await ask('DELETE', path);
    expect([deleted.status, await deleted.text()]).toEqual([204, '']);
    expect((await ask('GET', path)).status).toBe(404);
  });
});
