import { ConfigurationError, wrongOption } from '@integrations/errors';

/**
 * Tells an own instance from settings, by its methods.
 *
 * @throws ConfigurationError that names the option, for what is neither: a part of
 *   another kind would otherwise pass for settings that say nothing.
 */
export function isInstance<Instance extends object>(
  option: string,
  value: object,
  kind: string,
  methods: readonly (keyof Instance & string)[],
): value is Instance {
  const given: unknown = value;
  if (typeof given !== 'object' || given === null) {
    throw wrongOption(option, `settings, ${kind} or false`, given);
  }
  const members = given as Readonly<Record<string, unknown>>;
  const missing = methods.filter((method) => typeof members[method] !== 'function');
  if (missing.length === 0) return true;
  if (missing.length === methods.length) return false;
  throw new ConfigurationError(
    `\`${option}\` is neither settings nor ${kind}: it has no ${missing.join(', ')}.`,
  );
}
