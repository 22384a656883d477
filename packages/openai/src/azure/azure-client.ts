import type { ClientCore } from '@integrations/provider';
import { OpenAIClient } from '../client.ts';
import { azureHost } from './azure-host.ts';
import {
  type AzureOpenAIClientOptions,
  type AzureOpenAISettings,
  changeAzureOptions,
  withAzureConfig,
} from './azure-options.ts';

/**
 * A client for OpenAI's models on Azure, with the methods of `OpenAIClient`; which of
 * them a resource has, Azure's documentation tells.
 */
export class AzureOpenAIClient extends OpenAIClient {
  readonly #options: AzureOpenAIClientOptions;
  readonly #azureSettings: AzureOpenAISettings;

  /**
   * @param origin the core of a client to share with, which `withOptions` gives.
   * @throws ConfigurationError when there is no key or address, or an option cannot be right.
   */
  constructor(options: AzureOpenAIClientOptions = {}, origin?: ClientCore) {
    const settings = withAzureConfig(options);
    super(settings, { origin, host: azureHost(settings) });
    this.#options = options;
    this.#azureSettings = settings;
  }

  /**
   * A client with some options changed, which shares with this one as those of
   * `OpenAIClient` do.
   *
   * @throws ConfigurationError when an option cannot be right.
   */
  override withOptions(changes: AzureOpenAIClientOptions): AzureOpenAIClient {
    const options = changeAzureOptions(this.#options, this.#azureSettings, changes);
    return new AzureOpenAIClient(options, this.core);
  }
}

/**
 * Makes a client for OpenAI's models on Azure.
 *
 * @throws ConfigurationError when there is no key or address, or an option cannot be right.
 */
export function createAzureOpenAIClient(options: AzureOpenAIClientOptions = {}): AzureOpenAIClient {
  return new AzureOpenAIClient(options);
}
