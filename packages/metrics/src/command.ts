import { parseArgs } from 'node:util';
import { isIntegrationError } from '@integrations/errors';
import {
  isMetricsProvider,
  METRICS_PROVIDERS,
  type MetricsProvider,
} from '@integrations/semantic-conventions';
import { createAlertRules } from './alert-rules.ts';
import { alertRulesToYaml } from './alert-rules-yaml.ts';
import { createDashboard } from './dashboard.ts';

/** Where the command writes. */
export interface TextSink {
  write(text: string): unknown;
}

const HELP = `integrations-metrics: prints the dashboard or the alerts for a provider's metrics

  integrations-metrics dashboard <provider>   a Grafana dashboard, as JSON
  integrations-metrics alerts <provider>      rules of Prometheus, as YAML

  <provider>         ${METRICS_PROVIDERS.join(' or ')}
  --prefix <text>    the prefix that the recorder was given
  --help             print this
`;

const PICTURES: Readonly<Record<string, (provider: MetricsProvider, prefix: string) => string>> = {
  dashboard: (provider, prefix) =>
    `${JSON.stringify(createDashboard(provider, { prefix }), undefined, 2)}\n`,
  alerts: (provider, prefix) => alertRulesToYaml(createAlertRules(provider, { prefix })),
};

function readArguments(args: readonly string[]): {
  readonly positionals: readonly string[];
  readonly prefix: string;
  readonly help: boolean;
} {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { prefix: { type: 'string', default: '' }, help: { type: 'boolean', short: 'h' } },
  });
  return { positionals, prefix: values.prefix, help: values.help === true };
}

/** What the arguments ask to print. @throws Error whose message says which one is wrong */
function print(args: readonly string[]): string {
  const { positionals, prefix, help } = readArguments(args);
  if (help) return HELP;
  const [picture = '', provider = '', ...rest] = positionals;
  if (!Object.hasOwn(PICTURES, picture))
    throw new TypeError('Say what to print: dashboard or alerts.');
  if (!isMetricsProvider(provider)) {
    throw new TypeError(`Say for which provider: ${METRICS_PROVIDERS.join(' or ')}.`);
  }
  if (rest.length > 0) throw new TypeError(`What is ${JSON.stringify(rest[0])} for?`);
  return PICTURES[picture]?.(provider, prefix) ?? '';
}

/** Runs the command and returns its exit code: 0, or 2 if an argument is wrong. */
export function runCommand(args: readonly string[], output: TextSink, errors: TextSink): number {
  try {
    output.write(print(args));
    return 0;
  } catch (error) {
    if (!(error instanceof TypeError) && !isIntegrationError(error)) throw error;
    const message = error.message.split('\n', 1)[0] ?? '';
    errors.write(`integrations-metrics: ${message} Try --help.\n`);
    return 2;
  }
}
