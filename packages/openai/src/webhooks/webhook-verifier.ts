import { finiteOption, WebhookSignatureError } from '@integrations/errors';
import { type Clock, systemClock } from '@integrations/types';
import type { WebhookEvent } from './webhook-event.ts';
import { readWebhookStamp, type WebhookHeaders, type WebhookStamp } from './webhook-headers.ts';
import { parsePayload, signedContent, type WebhookPayload } from './webhook-payload.ts';
import type { WebhookReplayGuard } from './webhook-replay-guard.ts';
import { webhookKeys, type WebhookSecrets } from './webhook-secret.ts';
import { isSignedBy } from './webhook-signature.ts';

/** How webhooks are verified. */
export interface WebhookVerifierOptions {
  /** The endpoint's secret, or several while one is being replaced. */
  readonly secret: WebhookSecrets | null | undefined;
  /** How far the clocks may be apart, either way, in seconds. @default 300 */
  readonly tolerance?: number | undefined;
  /** Refuses what came before. @default whatever comes again within the tolerance is taken again */
  readonly replayGuard?: WebhookReplayGuard | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/** As Standard Webhooks recommend. */
const DEFAULT_TOLERANCE_S = 300;

/**
 * Tells webhooks of OpenAI from what anybody may send, by the scheme of Standard
 * Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over id, timestamp and body.
 * It needs no key of the API.
 */
export class WebhookVerifier {
  readonly #keys: readonly Uint8Array<ArrayBuffer>[];
  readonly #toleranceS: number;
  readonly #replayGuard: WebhookReplayGuard | undefined;
  readonly #clock: Clock;

  /** @throws ConfigurationError when there is no secret, or an option cannot be right. */
  constructor({ secret, tolerance, replayGuard, clock }: WebhookVerifierOptions) {
    this.#keys = webhookKeys(secret);
    this.#toleranceS = finiteOption('tolerance', tolerance ?? DEFAULT_TOLERANCE_S, { least: 0 });
    this.#replayGuard = replayGuard;
    this.#clock = clock ?? systemClock;
  }

  /**
   * Resolves when a webhook is genuine.
   *
   * @param payload the raw body.
   * @throws WebhookSignatureError when it is not; `problem` tells what is wrong.
   * @throws ValidationError when the body was parsed before.
   */
  async verifySignature(payload: WebhookPayload, headers: WebhookHeaders): Promise<void> {
    const stamp = readWebhookStamp(headers);
    this.#checkTime(stamp);
    const content = signedContent(stamp.id, stamp.timestamp, payload);
    if (!(await isSignedBy(this.#keys, content, stamp.signatures))) {
      throw new WebhookSignatureError(
        'The signature of the webhook does not belong to its body and the secret. Check that the secret is the one of this endpoint and that the body is passed as it came; if both hold, somebody else sent it.',
        { problem: 'wrong_signature' },
      );
    }
    await this.#checkReplay(stamp);
  }

  /**
   * The event of a webhook that is genuine.
   *
   * @param payload the raw body.
   * @throws WebhookSignatureError when it is not genuine; `problem` tells what is wrong.
   * @throws InvalidJsonError when it is genuine and not JSON.
   * @throws ValidationError when the body was parsed before.
   */
  async unwrap(payload: WebhookPayload, headers: WebhookHeaders): Promise<WebhookEvent> {
    await this.verifySignature(payload, headers);
    return parsePayload(payload) as WebhookEvent;
  }

  #checkTime({ timestamp }: WebhookStamp): void {
    const ageS = Math.floor(this.#clock.epoch() / 1000) - Number(timestamp);
    if (Math.abs(ageS) <= this.#toleranceS) return;
    const [problem, direction] =
      ageS > 0 ? (['too_old', 'before'] as const) : (['too_new', 'after'] as const);
    throw new WebhookSignatureError(
      `The webhook was sent ${Math.abs(ageS)} s ${direction} this machine's time, and ${this.#toleranceS} s are allowed. Check this machine's clock; an old webhook may be a replay.`,
      { problem },
    );
  }

  async #checkReplay({ id, timestamp }: WebhookStamp): Promise<void> {
    const until = (Number(timestamp) + this.#toleranceS + 1) * 1000;
    if (this.#replayGuard === undefined || (await this.#replayGuard.firstSeen(id, until))) return;
    throw new WebhookSignatureError(
      `The webhook ${JSON.stringify(id)} has come before. Answer it with success, or it will be sent again.`,
      { problem: 'replayed' },
    );
  }
}
