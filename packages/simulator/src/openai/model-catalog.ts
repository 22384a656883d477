import type { ModelDescription } from '../model-description.ts';

/** The models that are there unless others are given. */
export const OPENAI_MODELS: readonly ModelDescription[] = [
  { id: 'gpt-4o', snapshot: 'gpt-4o-2024-08-06', created: 1_715_367_049 },
  { id: 'gpt-4o-2024-08-06', created: 1_722_814_719 },
  { id: 'gpt-4o-mini', snapshot: 'gpt-4o-mini-2024-07-18', created: 1_721_172_741 },
  { id: 'gpt-4o-mini-2024-07-18', created: 1_721_172_717 },
  { id: 'gpt-4.1', snapshot: 'gpt-4.1-2025-04-14', created: 1_744_316_542 },
  { id: 'gpt-4.1-2025-04-14', created: 1_744_315_746 },
  { id: 'gpt-4.1-mini', snapshot: 'gpt-4.1-mini-2025-04-14', created: 1_744_318_173 },
  { id: 'gpt-4.1-mini-2025-04-14', created: 1_744_317_547 },
  { id: 'gpt-5', snapshot: 'gpt-5-2025-08-07', created: 1_754_425_777 },
  { id: 'gpt-5-2025-08-07', created: 1_754_075_360 },
  { id: 'gpt-5-mini', snapshot: 'gpt-5-mini-2025-08-07', created: 1_754_425_928 },
  { id: 'gpt-5-mini-2025-08-07', created: 1_754_425_867 },
  { id: 'text-embedding-3-small', kind: 'embedding', dimensions: 1536, created: 1_705_948_997 },
  { id: 'text-embedding-3-large', kind: 'embedding', dimensions: 3072, created: 1_705_953_180 },
  {
    id: 'text-embedding-ada-002',
    kind: 'embedding',
    dimensions: 1536,
    shortens: false,
    created: 1_671_217_299,
    ownedBy: 'openai-internal',
  },
];
