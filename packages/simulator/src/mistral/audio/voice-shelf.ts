import { speak } from '../../audio/spoken-text.ts';
import { toWav } from '../../audio/wav.ts';
import type { Identifiers } from '../../identifiers.ts';
import { StoredObjects } from '../../stored-objects.ts';
import { isoTime } from '../../wall-time.ts';
import { notFound } from '../mistral-error.ts';
import { OWNER_ID } from '../owner.ts';
import { nextUuid } from '../uuid.ts';

const PRESETS = ['Amélie', 'Jonas'];

/** What is said of a voice. */
export interface VoiceSettings {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly gender?: string | undefined;
  readonly age?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly color?: string | undefined;
  readonly description?: string | undefined;
  readonly retention_notice?: number | undefined;
}

/** A voice and its sound. */
export interface StoredVoice {
  readonly id: string;
  readonly createdAt: string;
  readonly sample: Buffer;
  /** Null for one that the API brings. */
  readonly owner: string | null;
  settings: VoiceSettings;
}

/** The voices of one simulator. */
export class VoiceShelf {
  readonly #voices = new StoredObjects<StoredVoice>('voice');
  readonly #identifiers: Identifiers;

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
    for (const name of PRESETS)
      this.#add({ name, languages: ['en', 'fr'] }, toWav(speak(`I am ${name}.`, 1)), null);
  }

  get all(): readonly StoredVoice[] {
    return this.#voices.all;
  }

  add(settings: VoiceSettings, sample: Buffer): StoredVoice {
    return this.#add(settings, sample, OWNER_ID);
  }

  /** @throws RequestRefused 404 */
  require(id: string | undefined): StoredVoice {
    return this.#voices.require(id);
  }

  /** @throws RequestRefused 404, also for a voice that the API brings */
  requireOwn(id: string | undefined): StoredVoice {
    const voice = this.require(id);
    if (voice.owner !== null) return voice;
    throw notFound(`No voice of yours found with id '${id}'.`);
  }

  /** @throws RequestRefused 404, also for a voice that the API brings */
  remove(id: string | undefined): StoredVoice {
    return this.#voices.remove(this.requireOwn(id).id);
  }

  #add(settings: VoiceSettings, sample: Buffer, owner: string | null): StoredVoice {
    const id = nextUuid(this.#identifiers, 'voice');
    return this.#voices.add({ id, createdAt: isoTime(), sample, owner, settings });
  }
}

/** A voice as the API shows it. */
export function voiceObject({ id, createdAt, owner, settings }: StoredVoice): object {
  return {
    name: settings.name,
    slug: settings.slug ?? null,
    languages: settings.languages ?? [],
    gender: settings.gender ?? null,
    age: settings.age ?? null,
    tags: settings.tags ?? null,
    color: settings.color ?? null,
    description: settings.description ?? null,
    retention_notice: settings.retention_notice ?? 30,
    id,
    created_at: createdAt,
    user_id: owner,
    trimmed_seconds: null,
  };
}
