import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { fileURLToPath } from 'node:url';
import { peerVersions } from '../machine.ts';
import type { AsyncSubject, BenchmarkCase, Figures, Measure, Suite } from '../suite.ts';
import { bundleSize } from './bundle.ts';
import { installedSize } from './installed-size.ts';

const MEBIBYTE = 1024 ** 2;

const MEASURES: readonly [Measure, ...Measure[]] = [
  { key: 'installed', title: 'installed', unit: 'bytes' },
  { key: 'packages', title: 'packages', unit: 'count' },
  { key: 'minified', title: 'bundle', unit: 'bytes' },
  { key: 'gzip', title: 'gzip', unit: 'bytes' },
  { key: 'browser', title: 'gzip, browser', unit: 'bytes' },
];

/** What is bundled of those that also run in browsers; of all others, everything. */
const CLIENTS: Readonly<Record<string, string>> = {
  '@integrations/openai': 'createOpenAIClient',
  '@integrations/mistral': 'createMistralClient',
  openai: 'OpenAI',
  '@mistralai/mistralai': 'Mistral',
  '@ai-sdk/openai': 'createOpenAI',
};

const PROVIDERS = ['@integrations/openai', '@integrations/mistral'];
const PRIMITIVES = ['retry', 'circuit-breaker', 'rate-limits'].map(
  (name) => `@integrations/${name}`,
);

async function bundled(name: string): Promise<Figures> {
  if (!peerVersions().has(name)) return {};
  const client = CLIENTS[name];
  const what = client === undefined ? '* as all' : `{ ${client} as all }`;
  const source = `import ${what} from '${name}'; globalThis.all = all;`;
  const { minified, gzip } = await bundleSize(source, 'node');
  if (client === undefined) return { minified, gzip };
  return { minified, gzip, browser: (await bundleSize(source, 'browser')).gzip };
}

function sizing(name: string, manifestPath: string | undefined): AsyncSubject {
  return {
    call: async () => {
      if (manifestPath === undefined) throw new Error(`${name} is not installed.`);
      return { ...installedSize(manifestPath), ...(await bundled(name)) };
    },
  };
}

function targetOf(name: string): number | undefined {
  if (PROVIDERS.includes(name)) return 6 * MEBIBYTE;
  return PRIMITIVES.includes(name) ? 0.2 * MEBIBYTE : undefined;
}

/** Every package of this repository that is published. */
function ourCases(): readonly BenchmarkCase[] {
  const packages = fileURLToPath(new URL('../../..', import.meta.url));
  return readdirSync(packages)
    .map((folder) => `${packages}/${folder}/package.json`)
    .filter((path) => existsSync(path))
    .flatMap((path) => {
      const { name, private: isPrivate = false } = JSON.parse(readFileSync(path, 'utf8')) as {
        name: string;
        private?: boolean;
      };
      if (isPrivate) return [];
      const target = targetOf(name);
      return {
        name: `package ${name}`,
        by: 'ours',
        ...(target === undefined ? {} : { target }),
        prepare: async () => sizing(name, path),
      };
    });
}

function peerCase(name: string): BenchmarkCase {
  return {
    name: `package ${name}`,
    by: name,
    prepare: async () => sizing(name, findPackageJSON(name, import.meta.url)),
  };
}

const PEERS = [
  'openai',
  '@mistralai/mistralai',
  'ai',
  '@ai-sdk/openai',
  'cockatiel',
  'opossum',
  'p-retry',
  'bottleneck',
  'rate-limiter-flexible',
];

/** What is installed with a package, and what a bundle of it holds. Neither varies, so nothing is repeated. */
export const size: Suite = {
  name: 'size',
  comparison: 'value',
  measures: MEASURES,
  reportsFigures: true,
  fullOnly: true,
  plans: { full: { processes: 1, rounds: 1 }, quick: { rounds: 1 } },
  floor: {
    name: 'undici',
    prepare: async () => sizing('undici', findPackageJSON('undici', import.meta.url)),
  },
  groups: [
    { title: 'Ours', cases: ourCases() },
    { title: 'Others', cases: PEERS.map(peerCase) },
  ],
};
