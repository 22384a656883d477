import { notFound } from '../mistral-error.ts';

/** A text with places for variables. */
export interface Definition {
  readonly content: string;
  readonly variables: readonly { readonly name: string }[];
}

/** One of the texts that a prompt has had. */
export interface StoredVersion {
  readonly version: number;
  readonly definition: Definition;
  readonly createdAt: string;
  notes: string | undefined;
  aliases: readonly string[];
}

/** A prompt, with all its versions. */
export interface StoredPrompt {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly versions: StoredVersion[];
  updatedAt: string;
  title: string | undefined;
  description: string | undefined;
  sharingScope: string;
}

/** What a version is made of. */
export type NewVersion = Pick<StoredVersion, 'definition' | 'notes' | 'aliases'>;

/** Adds a version, unless the latest says the same. */
export function addVersion(
  prompt: StoredPrompt,
  made: NewVersion,
  now: string,
): { readonly version: number; readonly deduplicated: boolean } {
  const latest = prompt.versions.at(-1);
  const same = JSON.stringify(latest?.definition) === JSON.stringify(made.definition);
  if (latest !== undefined && same) return { version: latest.version, deduplicated: true };
  const version = prompt.versions.length + 1;
  prompt.versions.push({ ...made, aliases: [], version, createdAt: now });
  prompt.updatedAt = now;
  nameVersion(prompt, version, made.aliases);
  return { version, deduplicated: false };
}

/** Gives a version its names, which all others lose. */
export function nameVersion(
  { versions }: StoredPrompt,
  version: number,
  aliases: readonly string[],
): void {
  for (const each of versions)
    each.aliases =
      each.version === version ? aliases : each.aliases.filter((alias) => !aliases.includes(alias));
}

/** A version by its number or its name, or else the latest. @throws RequestRefused 404 */
export function versionOf(
  { id, versions }: StoredPrompt,
  { version, alias }: { readonly version?: number | undefined; readonly alias?: string | null },
): StoredVersion {
  const found = versions.findLast(
    (each) =>
      (version === undefined || each.version === version) &&
      (typeof alias !== 'string' || each.aliases.includes(alias)),
  );
  if (found !== undefined) return found;
  throw notFound(`Prompt ${id} has no version ${version ?? alias}.`);
}

/** A prompt in one version as the API shows it. */
export function promptObject(
  prompt: StoredPrompt,
  version: StoredVersion,
): Readonly<Record<string, unknown>> {
  return {
    id: prompt.id,
    name: prompt.name,
    definition: version.definition,
    version: version.version,
    notes: version.notes ?? '',
    aliases: version.aliases,
    sharingScope: prompt.sharingScope,
    createdAt: prompt.createdAt,
    updatedAt: prompt.updatedAt,
    latestVersion: prompt.versions.length,
    title: prompt.title ?? '',
    description: prompt.description ?? '',
    createdBy: 'simulator',
    versionCreatedAt: version.createdAt,
  };
}

/** A version as the API lists it. */
export function versionObject({
  version,
  definition,
  notes = '',
  aliases,
  createdAt,
}: StoredVersion): object {
  return { version, definition, notes, aliases, createdAt };
}
