import { type ModelDescription, UNKNOWN_CREATION } from '../../model-description.ts';
import { badRequest, notFound } from '../mistral-error.ts';
import { type Capabilities, capabilitiesOf } from './capabilities.ts';

/** What the id of a model that came of fine-tuning begins with. */
const FINE_TUNED = 'ft:';

/** A model and what its owner made of it. */
interface ShelvedModel {
  readonly description: ModelDescription;
  readonly capabilities: Capabilities;
  /** What fine-tuned models have besides. */
  readonly origin: { readonly job: string; readonly root: string } | undefined;
  name: string | undefined;
  text: string | undefined;
  archived: boolean;
}

/** What may be said anew of a fine-tuned model; what is undefined stays. */
export interface ModelChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly archived?: boolean;
}

/** The models of one simulator. */
export class ModelShelf {
  readonly #models = new Map<string, ShelvedModel>();

  constructor(descriptions: readonly ModelDescription[]) {
    for (const description of descriptions) this.add(description);
  }

  /** @param job the id of the fine-tuning job that the model came of */
  add(description: ModelDescription, job = '7e773925-0000-4000-8000-000000000000'): void {
    const { id } = description;
    this.#models.set(id, {
      description,
      capabilities: capabilitiesOf(description),
      origin: id.startsWith(FINE_TUNED) ? { job, root: rootOf(id) } : undefined,
      name: undefined,
      text: undefined,
      archived: false,
    });
  }

  /** The cards of all models. */
  get cards(): readonly ModelCard[] {
    return [...this.#models.values()].map(cardOf);
  }

  /** @throws RequestRefused 404 */
  card(id: string | undefined): ModelCard {
    return cardOf(this.#require(id));
  }

  /** A model that can do something. @throws RequestRefused 400, as for a request that names a model which cannot */
  requireAble(id: string, able: keyof Capabilities): ModelDescription {
    const model = this.#models.get(id);
    if (model?.capabilities[able] === true && !model.archived) return model.description;
    throw badRequest(`Invalid model: ${id}`, 'invalid_model', '1500');
  }

  /** A model that makes embeddings. @throws RequestRefused 400 */
  requireEmbedding(id: string): ModelDescription {
    const model = this.#models.get(id);
    const embeds = model !== undefined && !Object.values(model.capabilities).includes(true);
    if (embeds) return model.description;
    throw badRequest(`Invalid model: ${id}`, 'invalid_model', '1500');
  }

  /** @throws RequestRefused 404, or 403 for a model that is the provider's */
  change(id: string | undefined, { name, description, archived }: ModelChange): ModelCard {
    const model = this.#requireOwn(id);
    model.name = name ?? model.name;
    model.text = description ?? model.text;
    model.archived = archived ?? model.archived;
    return cardOf(model);
  }

  /** @throws RequestRefused 404, or 403 for a model that is the provider's */
  remove(id: string | undefined): void {
    this.#models.delete(this.#requireOwn(id).description.id);
  }

  #requireOwn(id: string | undefined): ShelvedModel {
    const model = this.#require(id);
    if (model.origin !== undefined) return model;
    throw badRequest(`${id} is no fine-tuned model of yours.`, 'invalid_model', '1500');
  }

  #require(id: string | undefined): ShelvedModel {
    const model = this.#models.get(id ?? '');
    if (model !== undefined) return model;
    throw notFound(`Model ${id} not found.`);
  }
}

/** A model as the API shows it. */
export interface ModelCard {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly capabilities: Capabilities;
  readonly name: string | null;
  readonly description: string | null;
  readonly max_context_length: number;
  readonly aliases: readonly string[];
  readonly deprecation: string | null;
  readonly deprecation_replacement_model: string | null;
  readonly default_model_temperature: number;
  readonly type: 'base' | 'fine-tuned';
  readonly job?: string;
  readonly root?: string;
  readonly archived?: boolean;
}

function cardOf({
  description,
  capabilities,
  origin,
  name,
  text,
  archived,
}: ShelvedModel): ModelCard {
  const { id, created, ownedBy, shutdownDate } = description;
  return {
    id,
    object: 'model',
    created: created ?? UNKNOWN_CREATION,
    owned_by: ownedBy ?? 'mistralai',
    capabilities,
    name: name ?? id,
    description: text ?? null,
    max_context_length: 131_072,
    aliases: [],
    deprecation: typeof shutdownDate === 'string' ? `${shutdownDate}T00:00:00Z` : null,
    deprecation_replacement_model: null,
    default_model_temperature: 0.3,
    ...(origin === undefined ? { type: 'base' } : { type: 'fine-tuned', ...origin, archived }),
  };
}

/** `ft:open-mistral-7b:…` came of `open-mistral-7b`; of a classifier the word itself comes first. */
function rootOf(id: string): string {
  const [, first = '', second = ''] = id.split(':');
  return first === 'classifier' ? second : first;
}
