import { beforeStop } from './before-stop.ts';
import { splitTokens } from './tokens.ts';

/** What ends an answer before it has said all. */
export interface TextLimits {
  readonly stop: readonly string[];
  readonly maxTokens: number;
  /** Whether it ends in the middle, as if a limit were there. */
  readonly isHalved: boolean;
}

/** As much of an answer as its limits let through. */
export interface LimitedText {
  readonly text: string;
  readonly tokens: number;
  /** Whether a limit cut it; ending at a stop is no cut. */
  readonly isCut: boolean;
}

/** Cuts a text at the first stop, in the middle if that is wanted, and at the limit of tokens. */
export function limitText(text: string, { stop, maxTokens, isHalved }: TextLimits): LimitedText {
  const whole = beforeStop(text, stop);
  const tokens = splitTokens(whole);
  const kept = splitTokens(isHalved ? cutInHalf(whole) : whole).slice(0, maxTokens);
  return {
    text: kept.join(''),
    tokens: kept.length,
    isCut: isHalved || kept.length < tokens.length,
  };
}

/** The first half of a text, which is all that a cut answer has. */
export function cutInHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}
