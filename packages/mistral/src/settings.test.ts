import { readFileSync } from 'node:fs';
import { createConfig } from '@integrations/config';
import { describe, expect, it } from 'vitest';
import { describeMistralConfig, fromMistralEnv } from './settings.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('describeMistralConfig', () => {
  it('is what the README says', () => {
    const heading = '### Environment and files\n';
    const section = README.slice(README.indexOf(heading) + heading.length).split('\n#', 1)[0] ?? '';
    const table = section.split('\n').filter((line) => line.startsWith('|'));
    expect(table.join('\n')).toBe(describeMistralConfig());
  });

  it('never shows the key', () => {
    const config = createConfig([fromMistralEnv({ MISTRAL_API_KEY: 'plain words' })]);
    expect(JSON.stringify(config.describe())).not.toContain('plain words');
    expect(() => config.getString('apiKey')).toThrow(/is a secret/);
  });
});
