import { ConfigurationError } from '@integrations/errors';

/** A package that is loaded when it is needed. */
export interface PackageLoader<Module> {
  /** What to install. */
  readonly name: string;
  readonly load: () => Promise<Module>;
}

/** Packages by what they are needed for; undefined where they are not. */
export type PackageLoaders = Readonly<Record<string, PackageLoader<unknown> | undefined>>;

/** What the loaders give. */
export type LoadedPackages<Loaders extends PackageLoaders> = {
  readonly [Role in keyof Loaders]: Loaders[Role] extends PackageLoader<infer Module>
    ? Module
    : Loaders[Role] extends PackageLoader<infer Module> | undefined
      ? Module | undefined
      : undefined;
};

interface Loaded {
  readonly role: string;
  readonly name: string;
  readonly module?: unknown;
  readonly error?: unknown;
}

async function load(role: string, { name, load }: PackageLoader<unknown>): Promise<Loaded> {
  try {
    return { role, name, module: await load() };
  } catch (error) {
    return { role, name, error };
  }
}

function isMissing({ error }: Loaded): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 'ERR_MODULE_NOT_FOUND';
}

/**
 * Loads optional packages, all at once.
 *
 * @throws ConfigurationError that names every package that is not installed, or the
 *   one that did not load.
 */
export async function loadPackages<Loaders extends PackageLoaders>(
  loaders: Loaders,
): Promise<LoadedPackages<Loaders>> {
  const wanted = Object.entries(loaders).flatMap(([role, loader]) =>
    loader === undefined ? [] : [load(role, loader)],
  );
  const loaded = await Promise.all(wanted);
  const missing = loaded.filter(isMissing);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(' ');
    throw new ConfigurationError(
      `startTelemetry needs packages that are not installed. Run: npm install ${names}`,
      { cause: missing[0]?.error },
    );
  }
  const broken = loaded.find(({ error }) => error !== undefined);
  if (broken !== undefined) {
    throw new ConfigurationError(`startTelemetry could not load ${broken.name}.`, {
      cause: broken.error,
    });
  }
  return Object.fromEntries(
    loaded.map(({ role, module }) => [role, module]),
  ) as LoadedPackages<Loaders>;
}
