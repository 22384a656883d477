import { describe, expect, it } from 'vitest';
import { readOptions, select, UsageError } from './options.ts';
import { fullPlan, quickPlan } from './plan.ts';
import { casesOf, type Suite } from './suite.ts';

const prepare = async () => ({ call: async () => 1 });
const suite: Suite = {
  name: 'letters',
  floor: { name: 'nothing', prepare },
  groups: [
    { title: 'Vowels', cases: [{ name: 'alpha', by: 'ours', prepare }] },
    {
      title: 'Consonants',
      cases: [
        { name: 'beta', by: 'ours', prepare },
        { name: 'gamma', by: 'greek', prepare },
      ],
    },
  ],
};
const cases = casesOf([suite]);

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('readOptions', () => {
  it('measures everything in full unless told otherwise', () => {
    expect(readOptions([])).toEqual({
      quick: false,
      plan: fullPlan,
      only: [],
      list: false,
      help: false,
      markdown: undefined,
      json: undefined,
      record: false,
    });
  });

  it('takes every option', () => {
    const options = readOptions(
      '--quick --only a --only b --markdown m.md --json j.json --list --help --record'.split(' '),
    );
    expect(options).toEqual({
      quick: true,
      plan: quickPlan,
      only: ['a', 'b'],
      list: true,
      help: true,
      markdown: 'm.md',
      json: 'j.json',
      record: true,
    });
  });

  it.each([
    ['--fast', "Unknown option '--fast'. --help lists the options."],
    ['--only', "Option '--only <value>' argument missing. --help lists the options."],
    ['--quick=yes', "Option '--quick' does not take an argument. --help lists the options."],
    ['--json=', "Option '--json' must not be empty."],
    ['--only= ', "Option '--only' must not be empty."],
  ])('refuses %s in one line', (argument, message) => {
    expect(messageOf(() => readOptions([argument]))).toBe(message);
  });

  it.each([[['retry']], [['--markdown', '--json']], [['-x']]])('refuses %j in one line', (args) => {
    const message = messageOf(() => readOptions(args));
    expect(message).toMatch(/^[^\n]+ --help lists the options\.$/);
  });
});

describe('select', () => {
  const idsOf = (only: string[]) => select(cases, only).map(({ id }) => id);

  it('finds by suite, group, library and case, whatever the capitals', () => {
    expect(idsOf([])).toEqual(['letters/alpha', 'letters/beta', 'letters/gamma']);
    expect(idsOf(['letters/'])).toHaveLength(3);
    expect(idsOf(['consonants'])).toEqual(['letters/beta', 'letters/gamma']);
    expect(idsOf(['Greek'])).toEqual(['letters/gamma']);
    expect(idsOf(['GAMMA', 'alpha'])).toEqual(['letters/alpha', 'letters/gamma']);
  });

  it('takes for a quick run what has targets, and the first of each group', () => {
    expect(select(cases, [], true).map(({ id }) => id)).toEqual(['letters/alpha', 'letters/beta']);
    expect(select(cases, ['gamma'], true)).toHaveLength(1);
    const [group] = suite.groups;
    const aimed = { name: 'delta', by: 'ours', target: 1, prepare };
    const more = { ...suite, groups: [{ title: 'All', cases: [...(group?.cases ?? []), aimed] }] };
    expect(select(casesOf([more]), [], true)).toHaveLength(2);
    expect(select(casesOf([{ ...more, fullOnly: true }]), [], true)).toEqual([]);
  });

  it('refuses a name that nothing has, even beside one that something has', () => {
    expect(messageOf(() => select(cases, ['alpha', 'omega']))).toBe(
      "No case has 'omega' in its name. --list names them all.",
    );
  });
});
