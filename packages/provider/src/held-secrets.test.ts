import { redactText } from '@integrations/errors';
import { SecretString } from '@integrations/types';
import { expect, it } from 'vitest';
import { HeldSecrets } from './held-secrets.ts';

const TEXT = 'plain words one and plain words two';

it('keeps secrets out of texts until it lets go of them, one by one or all', () => {
  const secrets = new HeldSecrets();
  const one = secrets.hold('plain words one');
  secrets.hold(new SecretString('plain words two'));
  expect(redactText(TEXT)).toBe('[REDACTED] and [REDACTED]');
  one[Symbol.dispose]();
  expect(redactText(TEXT)).toBe('plain words one and [REDACTED]');
  secrets[Symbol.dispose]();
  secrets[Symbol.dispose]();
  expect(redactText(TEXT)).toBe(TEXT);
});

it('lets go of what was held twice when both have let go', () => {
  using one = new HeldSecrets();
  const other = new HeldSecrets();
  for (const secrets of [one, other, other]) secrets.hold('plain words one');
  other[Symbol.dispose]();
  expect(redactText('plain words one')).toBe('[REDACTED]');
  one[Symbol.dispose]();
  expect(redactText('plain words one')).toBe('plain words one');
});
