import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@integrations/errors';
import {
  metricDefinitions,
  METRICS_PROVIDERS,
  type MetricsProvider,
} from '@integrations/semantic-conventions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AlertOptions, createAlertRules } from './alert-rules.ts';
import { alertRulesToYaml } from './alert-rules-yaml.ts';
import { HAS_PROMTOOL, promtool, UNLESS_MISSING } from './promtool.test.support.ts';

const ALERTS = [
  'ErrorRateHigh',
  'QuotaExhausted',
  'AuthenticationFails',
  'LatencyHigh',
  'FirstTokenLate',
  'BreakerOpen',
  'RetriesHigh',
  'RateLimitRejects',
  'NoTraffic',
];

const TITLES = { openai: 'OpenAI', mistral: 'Mistral' };

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'integrations-metrics-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function writeRules(path: string, provider: MetricsProvider): Promise<string> {
  const file = join(path, 'rules.yml');
  await writeFile(file, alertRulesToYaml(createAlertRules(provider)));
  return file;
}

interface Series {
  readonly series: string;
  /** Prometheus's notation: start, step and number of steps, one a minute. */
  readonly values: string;
}

/** The labels that each provider gives to the same thing. */
const NAMES = {
  openai: { code: 'error_type', errors: 'endpoint="chat"', breaker: '{endpoint="chat"}' },
  mistral: { code: 'type', errors: 'endpoint="chat",status_code="500"', breaker: '' },
};

function counted(provider: MetricsProvider, name: string, labels: string, values: string): Series {
  return { series: `${provider}_${name}{${labels}}`, values };
}

/** Calls at one a second, without trouble. */
function calmly(provider: MetricsProvider): Series[] {
  const { code, errors, breaker } = NAMES[provider];
  return [
    counted(provider, 'requests_total', 'endpoint="chat",status="ok",model="m"', '0+60x120'),
    counted(provider, 'errors_total', `${errors},${code}="server"`, '0+1x120'),
    counted(provider, 'errors_total', `${errors},${code}="aborted"`, '0+50x120'),
    counted(provider, 'retries_total', 'endpoint="chat",reason="server"', '0+3x120'),
    counted(provider, 'rate_limit_rejections_total', '', '0x120'),
    { series: `${provider}_circuit_breaker_state${breaker}`, values: '0x120' },
    ...histogram(provider, 'request_duration_seconds', 'endpoint="chat"', '1'),
    ...histogram(provider, 'time_to_first_token_seconds', 'model="m"', '1'),
  ];
}

/** A histogram all of whose values lie in the bucket that ends at `le`. */
function histogram(provider: MetricsProvider, name: string, labels: string, le: string): Series[] {
  const { buckets = [] } =
    metricDefinitions(provider).find((one) => one.name === `${provider}_${name}`) ?? {};
  return [...buckets.map(String), '+Inf'].map((bound) =>
    counted(
      provider,
      `${name}_bucket`,
      `${labels},le="${bound}"`,
      Number(bound.replace('+Inf', 'Infinity')) >= Number(le) ? '0+60x120' : '0x120',
    ),
  );
}

/** Everything in trouble at once; the calls end after an hour. */
function inTrouble(provider: MetricsProvider): Series[] {
  const { code, errors, breaker } = NAMES[provider];
  return [
    counted(provider, 'requests_total', 'endpoint="chat",status="error",model="m"', '0+60x120'),
    counted(provider, 'errors_total', `${errors},${code}="server"`, '0+30x120'),
    counted(provider, 'errors_total', `${errors},${code}="quota_exhausted"`, '_x59 1x60'),
    counted(provider, 'errors_total', `${errors},${code}="authentication"`, '_x59 1x60'),
    counted(provider, 'retries_total', 'endpoint="chat",reason="server"', '0+50x120'),
    counted(provider, 'rate_limit_rejections_total', '', '0+5x120'),
    { series: `${provider}_circuit_breaker_state${breaker}`, values: '1 2 1 2 1 2 1x114' },
    ...histogram(provider, 'request_duration_seconds', 'endpoint="chat"', '30'),
    ...histogram(provider, 'time_to_first_token_seconds', 'model="m"', '5'),
  ];
}

/** Runs the rules of a provider in Prometheus's own engine; gives what it complains about. */
async function tryRules(
  provider: MetricsProvider,
  input: readonly Series[],
  at: string,
  firing: readonly string[],
): Promise<string> {
  const path = await folder();
  const rules = createAlertRules(provider);
  await writeRules(path, provider);
  const labelled: Readonly<Record<string, Record<string, string>>> = {
    LatencyHigh: { endpoint: 'chat' },
    FirstTokenLate: { model: 'm' },
    BreakerOpen: provider === 'openai' ? { endpoint: 'chat' } : {},
  };
  const tests = ALERTS.map((alert) => {
    const rule = rules.groups[0]?.rules.find((one) => one.alert === `${TITLES[provider]}${alert}`);
    // Only which alerts fire is compared: their texts hold the values.
    const exp_alerts = firing.includes(alert)
      ? [{ exp_labels: { ...rule?.labels, ...labelled[alert] }, exp_annotations: {} }]
      : [];
    return { eval_time: at, alertname: rule?.alert, exp_alerts };
  });
  const bare = {
    groups: rules.groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => ({ ...rule, annotations: {} })),
    })),
  };
  await writeFile(join(path, 'bare.yml'), JSON.stringify(bare));
  const test = join(path, 'test.yml');
  const content = {
    rule_files: ['bare.yml'],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: input, alert_rule_test: tests }],
  };
  await writeFile(test, JSON.stringify(content));
  return promtool(['test', 'rules', test]);
}

describe.each(METRICS_PROVIDERS)('createAlertRules(%j)', (provider) => {
  const rules = createAlertRules(provider).groups.flatMap((group) => group.rules);

  it('has each alert, with a severity and a summary', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      ALERTS.map((alert) => `${TITLES[provider]}${alert}`),
    );
    for (const { labels, annotations } of rules) {
      expect(['info', 'warning', 'critical']).toContain(labels['severity']);
      expect(labels['provider']).toBe(provider);
      expect(annotations.summary).not.toBe('');
    }
  });

  it('waits only for series and labels that are recorded', () => {
    for (const { expr } of rules) {
      const names = [...expr.matchAll(/(?:openai|mistral)_\w+/g)].map(([name]) =>
        name.replace(/_bucket$/, ''),
      );
      expect(names).not.toEqual([]);
      const found = names.map((name) =>
        metricDefinitions(provider).find((definition) => definition.name === name),
      );
      expect(found).not.toContain(undefined);
      const labels = [
        ...[...expr.matchAll(/by \(([^)]+)\)/g)].flatMap(([, by = '']) => by.split(', ')),
        ...[...expr.matchAll(/(\w+)(?:=|!~|=~)"/g)].map(([, label = '']) => label),
      ].filter((label) => label !== 'le');
      expect(found.flatMap((one) => one?.labels ?? [])).toEqual(expect.arrayContaining(labels));
    }
  });

  it.skipIf(!HAS_PROMTOOL)(`passes promtool check rules${UNLESS_MISSING}`, async () => {
    const file = await writeRules(await folder(), provider);
    expect(promtool(['check', 'rules', file])).toBe('');
  });

  it.skipIf(!HAS_PROMTOOL)(`stays silent while all is well${UNLESS_MISSING}`, async () => {
    expect(await tryRules(provider, calmly(provider), '90m', [])).toBe('');
  });

  it.skipIf(!HAS_PROMTOOL)(`fires while all goes wrong${UNLESS_MISSING}`, async () => {
    const firing = ALERTS.filter((alert) => alert !== 'NoTraffic');
    expect(await tryRules(provider, inTrouble(provider), '65m', firing)).toBe('');
  });

  it.skipIf(!HAS_PROMTOOL)(`fires when calls stop, or their series${UNLESS_MISSING}`, async () => {
    const labels = 'endpoint="chat",status="ok",model="m"';
    for (const values of ['0+60x60 3600x60', '0+60x60 _x60']) {
      const input = [counted(provider, 'requests_total', labels, values)];
      expect(await tryRules(provider, input, '90m', ['NoTraffic'])).toBe('');
      expect(await tryRules(provider, input, '50m', [])).toBe('');
    }
  });

  it.skipIf(!HAS_PROMTOOL)(`is written in the words of promtool${UNLESS_MISSING}`, async () => {
    expect(await tryRules(provider, calmly(provider), '90m', ['BreakerOpen'])).not.toBe('');
  });
});

describe('createAlertRules', () => {
  it('takes bounds, a prefix and labels', () => {
    const [group] = createAlertRules('openai', {
      prefix: 'my_',
      errorRate: 0.2,
      latencySeconds: 7,
      labels: { team: 'search' },
    }).groups;
    const exprs = group?.rules.map(({ expr }) => expr) ?? [];
    expect(exprs[0]).toMatch(/ > 0\.2$/);
    expect(exprs[3]).toMatch(/ > 7$/);
    expect(exprs.every((expr) => expr.includes('my_openai_'))).toBe(true);
    expect(group?.rules.every(({ labels }) => labels['team'] === 'search')).toBe(true);
  });

  it.each<[string, AlertOptions]>([
    ['a latency above the last bucket', { latencySeconds: 60 }],
    ['a first token above the last bucket', { firstTokenSeconds: 5 }],
    ['an error rate above 1', { errorRate: 5 }],
    ['no error rate', { errorRate: Number.NaN }],
    ['no retries', { retriesPerCall: 0 }],
    ['a wrong prefix', { prefix: '1' }],
    ['a label with a dash', { labels: { 'on-call': 'me' } }],
  ])('refuses %s', (_, options) => {
    expect(() => createAlertRules('openai', options)).toThrow(ConfigurationError);
  });
});

describe('alertRulesToYaml', () => {
  it('quotes every text, so that none is read as anything else', () => {
    const rule = {
      alert: 'yes',
      expr: 'a{b="c\\d"} > 1',
      for: '5m',
      labels: { 'odd key': '1.0', no: '#' },
      annotations: { summary: 'two\nlines: "x"', description: '' },
    };
    expect(alertRulesToYaml({ groups: [{ name: 'n', rules: [rule] }] })).toBe(
      [
        'groups:',
        '  - name: "n"',
        '    rules:',
        '      - alert: "yes"',
        String.raw`        expr: "a{b=\"c\\d\"} > 1"`,
        '        for: "5m"',
        '        labels:',
        '          "odd key": "1.0"',
        '          "no": "#"',
        '        annotations:',
        String.raw`          summary: "two\nlines: \"x\""`,
        '          description: ""',
        '',
      ].join('\n'),
    );
  });

  it('writes empty lists and maps', () => {
    expect(alertRulesToYaml({ groups: [] })).toBe('groups:\n  []\n');
  });
});
