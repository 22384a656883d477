import { GEN_AI_PROFILES } from '@integrations/semantic-conventions';
import { describe, expect, it } from 'vitest';
import { genAiContentAttributes } from './gen-ai-content.ts';

describe('genAiContentAttributes', () => {
  it.each(GEN_AI_PROFILES)(
    'records content only where somebody opted in, in profile %s',
    (profile) => {
      const content = {
        inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
        outputMessages: [{ role: 'assistant', parts: [] }],
        systemInstructions: [{ type: 'text', content: 'Be brief' }],
        toolDefinitions: [{ name: 'search' }],
      };
      expect(genAiContentAttributes(content, undefined, profile)).toEqual({});
      const recorded = genAiContentAttributes(content, {}, profile);
      expect(Object.keys(recorded)).toEqual([
        'gen_ai.input.messages',
        'gen_ai.output.messages',
        'gen_ai.system_instructions',
        'gen_ai.tool.definitions',
      ]);
      expect(JSON.parse(String(recorded['gen_ai.input.messages']))).toEqual(content.inputMessages);
    },
  );

  const inputMessages = [{ role: 'user', parts: [{ type: 'text', content: 'my name is Ada' }] }];

  it('lets the hook change each content, or keep it out', () => {
    const seen: string[] = [];
    const recorded = genAiContentAttributes(
      { inputMessages, outputMessages: 'out' },
      {
        redact: (content, kind) => {
          seen.push(kind);
          return kind === 'outputMessages' ? undefined : [{ parts: [], was: typeof content }];
        },
      },
    );
    expect(seen).toEqual(['inputMessages', 'outputMessages']);
    expect(recorded).toEqual({ 'gen_ai.input.messages': '[{"parts":[],"was":"object"}]' });
  });

  it('takes out secrets even so', () => {
    const key = `sk-${'Abc123'.repeat(5)}`;
    const recorded = genAiContentAttributes({ inputMessages: `use ${key}` }, {});
    expect(recorded).toEqual({ 'gen_ai.input.messages': '"use [REDACTED]"' });
  });

  it('records nothing where the hook throws', () => {
    const capture = {
      redact: () => {
        throw new Error('cannot redact');
      },
    };
    expect(() => genAiContentAttributes({ inputMessages }, capture)).toThrow('cannot redact');
  });
});
