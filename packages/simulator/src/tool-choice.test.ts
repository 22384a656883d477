import { describe, expect, it } from 'vitest';
import { chooseCalls, type OfferedTool, type ToolRules } from './tool-choice.ts';

const WEATHER: OfferedTool = {
  kind: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};
const TIME: OfferedTool = { kind: 'function', name: 'get-time', parameters: undefined };
const RUN: OfferedTool = { kind: 'custom', name: 'run', parameters: undefined };

function choose(user: string, rules: Partial<ToolRules> = {}, told = ''): [string, string][] {
  const tools = [WEATHER, TIME, RUN];
  const calls = chooseCalls({ tools, mode: 'auto', parallel: true, ...rules }, user, told);
  return calls.map(({ tool, input }) => [tool.name, input]);
}

describe('chooseCalls', () => {
  it('calls nothing that is not asked for', () => {
    expect(choose('What is a ledger?')).toEqual([]);
    expect(choose('forget_weather, prerun')).toEqual([]);
  });

  it('makes arguments up to fit the schema', () => {
    const text = 'Please Get weather now';
    expect(choose(text)).toEqual([['get_weather', JSON.stringify({ city: text })]]);
    expect(choose('get-time')).toEqual([['get-time', '{}']]);
  });

  it('calls what is asked for in its order, as often as it is', () => {
    const text = 'run "ls", get_weather {"city":"Oslo"} and get_weather({"city":"{Rome\\"}"}).';
    expect(choose(text)).toEqual([
      ['run', 'ls'],
      ['get_weather', '{"city":"Oslo"}'],
      ['get_weather', '{"city":"{Rome\\"}"}'],
    ]);
    expect(choose(text, { parallel: false })).toEqual([['run', 'ls']]);
  });

  it('takes arguments as they stand, even if they are no JSON', () => {
    expect(choose('get_weather {"city": ')).toEqual([['get_weather', '{"city": ']]);
    expect(choose('get_weather {"town": 1}')).toEqual([['get_weather', '{"town": 1}']]);
  });

  it('calls what a tool asks for, but not what it only mentions', () => {
    const told = 'get_weather failed: get-time is unknown. run "ls"';
    expect(choose('', {}, told)).toEqual([['run', 'ls']]);
  });

  it('gives a custom tool the text where there is no quote', () => {
    expect(choose('now run it')).toEqual([['run', 'now run it']]);
  });

  it('calls nothing at none, and the first tool where it must', () => {
    expect(choose('get_weather', { mode: 'none' })).toEqual([]);
    expect(choose('hello', { mode: 'required' })).toEqual([['get_weather', '{"city":"hello"}']]);
    expect(choose('get-time', { mode: 'required' })).toEqual([['get-time', '{}']]);
    expect(choose('hello', { mode: 'required', tools: [] })).toEqual([]);
  });
});
