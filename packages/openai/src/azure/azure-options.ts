import { ConfigurationError } from '@integrations/errors';
import type { ApiKey } from '@integrations/provider';
import type { SecretString } from '@integrations/types';
import type { OpenAIClientOptions } from '../options.ts';
import { readAzureSettings } from '../settings.ts';

/** Gives a token of Microsoft Entra. It is asked at every attempt; `@azure/identity` makes such functions. */
export type AzureADTokenProvider = () => string | SecretString | Promise<string | SecretString>;

/** Options of a client for OpenAI's models on Azure. */
export interface AzureOpenAIClientOptions extends OpenAIClientOptions {
  /** Where the resource is: `https://name.openai.azure.com`. @default `AZURE_OPENAI_ENDPOINT` */
  readonly endpoint?: string | undefined;
  /**
   * The address below which the API's paths are, in place of `endpoint`; without a
   * deployment in it. @default `/openai` at the endpoint, or `/openai/v1` without an `apiVersion`
   */
  readonly baseURL?: string | undefined;
  /**
   * A dated version of the API, such as `2024-10-21`: its addresses name deployments.
   * Without one, calls go to the API's version 1, which takes the deployment as `model`;
   * `defaultQuery: { 'api-version': 'preview' }` gives its previews.
   * @default `OPENAI_API_VERSION`, else none
   */
  readonly apiVersion?: string | undefined;
  /**
   * The deployment that all models' calls go to, whatever `model` they name. With an
   * `apiVersion` only. @default the `model` of each request
   */
  readonly deployment?: string | undefined;
  /** The resource's key, or a function that gives it at every attempt. @default `AZURE_OPENAI_API_KEY` */
  readonly apiKey?: ApiKey | undefined;
  /** Gives a token in place of the key. @default none */
  readonly azureADTokenProvider?: AzureADTokenProvider | undefined;
}

/** Options as the client uses them: the key or the token stands in `apiKey`. */
export interface AzureOpenAISettings extends AzureOpenAIClientOptions {
  readonly apiKey: ApiKey;
  readonly baseURL: string;
}

function checkCredentials({ apiKey, azureADTokenProvider }: AzureOpenAIClientOptions): void {
  if (apiKey === undefined || azureADTokenProvider === undefined) return;
  throw new ConfigurationError(
    '`apiKey` and `azureADTokenProvider` cannot be combined: each says who calls. Give one of them.',
  );
}

function addressOf(endpoint: string | undefined, apiVersion: string | undefined): string {
  if (endpoint === undefined) {
    throw new ConfigurationError(
      'A client for Azure needs `endpoint`, such as https://name.openai.azure.com, or the environment variable AZURE_OPENAI_ENDPOINT.',
    );
  }
  const path = apiVersion === undefined ? '/openai/v1' : '/openai';
  return `${endpoint.replace(/\/+$/, '')}${path}`;
}

function checkDeployment(deployment: string | undefined, apiVersion: string | undefined): void {
  if (deployment === undefined || apiVersion !== undefined) return;
  throw new ConfigurationError(
    '`deployment` needs an `apiVersion`: version 1 of the API takes the deployment as `model` of each request.',
  );
}

/**
 * Fills in what the user left out from `config`, or else the environment.
 *
 * @throws ConfigurationError when there is no key or address, or a setting is wrong.
 */
export function withAzureConfig(options: AzureOpenAIClientOptions): AzureOpenAISettings {
  checkCredentials(options);
  const apiKey = options.azureADTokenProvider ?? options.apiKey;
  const { options: configured, values } = readAzureSettings({ ...options, apiKey });
  const { endpoint = values.endpoint, apiVersion = values.apiVersion, deployment } = options;
  checkDeployment(deployment, apiVersion);
  return {
    ...configured,
    endpoint,
    apiVersion,
    baseURL: options.baseURL ?? addressOf(endpoint, apiVersion),
    defaultQuery: {
      ...options.defaultQuery,
      ...(apiVersion === undefined ? {} : { 'api-version': apiVersion }),
    },
  };
}

/**
 * The options that make a client like one with these settings, but for the changes. Of
 * a key and a token, and of two ways to say where the resource is, the changed one counts.
 */
export function changeAzureOptions(
  options: AzureOpenAIClientOptions,
  settings: AzureOpenAISettings,
  changes: AzureOpenAIClientOptions,
): AzureOpenAIClientOptions {
  const { azureADTokenProvider, defaultQuery } = options;
  const usesKey = azureADTokenProvider === undefined;
  return {
    ...settings,
    apiKey: usesKey && changes.azureADTokenProvider === undefined ? settings.apiKey : undefined,
    azureADTokenProvider: changes.apiKey === undefined ? azureADTokenProvider : undefined,
    baseURL: changes.endpoint === undefined ? options.baseURL : undefined,
    defaultQuery,
    ...changes,
  };
}
