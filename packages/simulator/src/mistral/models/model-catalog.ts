import type { ModelDescription } from '../../model-description.ts';

/** A model that came of fine-tuning and can be changed, archived and deleted. */
const FINE_TUNED = 'ft:open-mistral-7b:587a6b29:20240514:7e773925';
/** One that tells texts apart by `sentiment`. */
const FINE_TUNED_CLASSIFIER = 'ft:classifier:ministral-3b-latest:587a6b29:20250601:1f4c2a90';

/** The models that are there unless others are given. */
export const MISTRAL_MODELS: readonly ModelDescription[] = [
  { id: 'mistral-large-latest', created: 1_764_633_600 },
  { id: 'mistral-medium-latest', created: 1_755_000_000 },
  { id: 'mistral-small-latest', created: 1_750_377_600 },
  { id: 'ministral-8b-latest', created: 1_764_633_600 },
  { id: 'ministral-3b-latest', created: 1_764_633_600 },
  { id: 'open-mistral-nemo', created: 1_721_260_800 },
  { id: 'magistral-medium-latest', created: 1_757_980_800 },
  { id: 'pixtral-large-latest', created: 1_731_888_000 },
  { id: 'codestral-latest', created: 1_753_833_600 },
  { id: 'codestral-embed', dimensions: 3072, created: 1_748_390_400 },
  { id: 'mistral-embed', dimensions: 1024, shortens: false, created: 1_701_648_000 },
  { id: 'mistral-moderation-latest', created: 1_730_851_200 },
  { id: 'mistral-ocr-latest', created: 1_746_835_200 },
  { id: 'voxtral-mini-latest', created: 1_752_537_600 },
  { id: 'voxtral-mini-tts-latest', created: 1_772_323_200 },
  { id: FINE_TUNED, created: 1_715_644_800, ownedBy: 'workspace-simulator' },
  { id: FINE_TUNED_CLASSIFIER, created: 1_748_736_000, ownedBy: 'workspace-simulator' },
];
