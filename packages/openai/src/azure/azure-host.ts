import { encodePathSegment } from '@integrations/transport';
import type { ClientBase } from '../client-base.ts';
import { PROFILE } from '../profile.ts';
import type { AzureOpenAISettings } from './azure-options.ts';

/** What a deployment answers. Everything else belongs to the resource. */
const OF_DEPLOYMENTS: ReadonlySet<string> = new Set([
  '/audio/speech',
  '/audio/transcriptions',
  '/audio/translations',
  '/batches',
  '/chat/completions',
  '/completions',
  '/embeddings',
  '/images/edits',
  '/images/generations',
]);

function namesDeployment(baseURL: string): boolean {
  return new URL(baseURL).pathname.split('/').includes('deployments');
}

function modelOf(body: unknown): string | undefined {
  const { model } = (body ?? {}) as { readonly model?: unknown };
  return typeof model === 'string' && model !== '' ? model : undefined;
}

/** Puts the deployment into the addresses of what deployments answer. */
function pathOf(deployment: string | undefined): (path: string, body: unknown) => string {
  return (path, body) => {
    if (!OF_DEPLOYMENTS.has(path) || body === undefined) return path;
    const name = deployment ?? modelOf(body);
    return name === undefined ? path : `/deployments/${encodePathSegment(name)}${path}`;
  };
}

/** What is different from OpenAI's own servers. */
export function azureHost(settings: AzureOpenAISettings): NonNullable<ClientBase['host']> {
  const { apiVersion, azureADTokenProvider, baseURL, deployment } = settings;
  return {
    profile: {
      ...PROFILE,
      requestIdHeaders: ['x-request-id', 'apim-request-id'],
      telemetry: { ...PROFILE.telemetry, genAiProvider: 'azure.ai.openai' },
    },
    ...(azureADTokenProvider === undefined
      ? { authenticate: (key) => ({ 'api-key': key.expose() }) }
      : {}),
    ...(apiVersion === undefined || namesDeployment(baseURL)
      ? {}
      : { rewritePath: pathOf(deployment) }),
  };
}
