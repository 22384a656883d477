import { redactText } from '@integrations/errors';
import type { ConfigReport, SettingReport } from './config-report.ts';
import { REDACTED, shownValue } from './shown-value.ts';
import type { ConfigEntry, ConfigSource } from './source.ts';

/** Whether the value of a key is kept out of a report. */
type IsHidden = (key: string, entry: ConfigEntry) => boolean;

function settingReport(
  key: string,
  entries: readonly ConfigEntry[],
  isHidden: IsHidden,
): SettingReport[] {
  const [entry, ...overridden] = entries;
  if (entry === undefined) return [];
  return [
    {
      key,
      origin: entry.origin,
      value: isHidden(key, entry) ? REDACTED : shownValue(entry.value),
      overrides: overridden.map(({ origin }) => origin),
    },
  ];
}

/** Reports on all layers. What cannot be read becomes a problem of the report. */
export function describeSources(
  sources: readonly ConfigSource[],
  isHidden: IsHidden,
): Omit<ConfigReport, 'warnings'> {
  const problems = new Set<string>();
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.add(
        error instanceof Error ? redactText(error.message) : 'a source threw what is no error',
      );
      return undefined;
    }
  };
  const keys = new Set(sources.flatMap((source) => attempt(() => source.keys()) ?? []));
  const settings = [...keys].toSorted().flatMap((key) => {
    const entries = sources.flatMap((source) => attempt(() => source.find(key)) ?? []);
    return settingReport(key, entries, isHidden);
  });
  return { sources: sources.map(({ name }) => name), settings, problems: [...problems] };
}
