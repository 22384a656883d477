import { readFileSync } from 'node:fs';
import { createConfig } from '@integrations/config';
import { describe, expect, it } from 'vitest';
import { describeOpenAIConfig, fromOpenAIEnv } from './settings.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('describeOpenAIConfig', () => {
  it('is what the README says', () => {
    const heading = '### Environment\n';
    const section = README.slice(README.indexOf(heading) + heading.length).split('\n#', 1)[0] ?? '';
    const table = section.split('\n').filter((line) => line.startsWith('|'));
    expect(table.join('\n')).toBe(describeOpenAIConfig());
  });

  it('never shows an id of the account', () => {
    const env = { OPENAI_ORG_ID: 'plain words', OPENAI_PROJECT_ID: 'plain words' };
    const config = createConfig([fromOpenAIEnv(env)]);
    expect(JSON.stringify(config.describe())).not.toContain('plain words');
    expect(() => config.getString('project')).toThrow(/is a secret/);
  });
});
