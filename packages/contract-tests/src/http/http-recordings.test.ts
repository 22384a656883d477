import { env } from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { HTTP_PROVIDERS } from './http-provider.test.support.ts';
import { recordCall, recordRefusal } from './record-calls.test.support.ts';
import {
  readRecordings,
  type RecordedCall,
  type RecordedRefusal,
  writeRecordings,
} from './recordings.test.support.ts';

const UPDATES = env['UPDATE_RECORDINGS'] !== undefined;

describe.each(HTTP_PROVIDERS)('what $name’s simulator and its client say', (provider) => {
  const ways = Object.keys(provider.refusals);
  const calls: Record<string, RecordedCall> = {};
  const refusals: Record<string, RecordedRefusal> = {};
  const recorded = UPDATES ? { calls, refusals } : readRecordings(provider);

  afterAll(() => {
    if (UPDATES) writeRecordings(provider, recorded);
  });

  it.each(provider.names)('in %s is what was recorded', async (name) => {
    calls[name] = await recordCall(provider, name);
    expect(
      calls[name],
      'Review what has changed, and write it down: UPDATE_RECORDINGS=1, then oxfmt',
    ).toEqual(recorded.calls[name]);
  });

  it.each(ways)('in a refusal by %s is what was recorded', async (way) => {
    refusals[way] = await recordRefusal(provider, way);
    expect(
      refusals[way],
      'Review what has changed, and write it down: UPDATE_RECORDINGS=1, then oxfmt',
    ).toEqual(recorded.refusals[way]);
  });

  it('is all that was recorded', () => {
    expect(Object.keys(recorded.calls).toSorted()).toEqual(provider.names.toSorted());
    expect(Object.keys(recorded.refusals).toSorted()).toEqual(ways.toSorted());
  });
});
