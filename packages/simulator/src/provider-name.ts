/** A provider whose protocol a simulator speaks. */
export type ProviderName = 'openai' | 'mistral';

export function isProviderName(name: unknown): name is ProviderName {
  return name === 'openai' || name === 'mistral';
}
