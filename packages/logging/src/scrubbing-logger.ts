import { redact, type RedactOptions, secretGeneration } from '@integrations/errors';
import { type Fields, LevelMethods, type Logger, type LogLevel } from '@integrations/types';
import type { FailureReport } from './failure-report.ts';
import type { LineWriter } from './line-writer.ts';
import { knownLevel } from './log-level.ts';
import type { SpanContext, SpanContextSource } from './span-context.ts';

/** Room for the body of a request with its tools, and an end to what is no body. */
const LIMITS: RedactOptions = { maxDepth: 16, maxValues: 10_000, stacks: true };

type CleanFields = Readonly<Record<string, unknown>>;

/** What a logger shares with its children. */
export interface Sink {
  readonly write: LineWriter;
  readonly isEnabled: (level: LogLevel) => boolean;
  readonly spanContext: SpanContextSource | undefined;
  readonly report: FailureReport;
}

/** What a logger adds to each line. */
export interface Bound {
  readonly target: string;
  readonly fields: CleanFields;
}

function isRecord(value: unknown): value is CleanFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Untyped code may pass anything for fields. */
function cleanFields(fields: unknown): CleanFields {
  const clean = redact(fields, LIMITS);
  if (isRecord(clean)) return clean;
  return clean === undefined || clean === null ? {} : { value: clean };
}

function cleanMessage(message: unknown): string {
  const clean = redact(message, LIMITS);
  return typeof clean === 'string' ? clean : (JSON.stringify(clean) ?? '');
}

/** Adds fields to those of every line; one called `target` replaces the target. */
export function bind({ target, fields }: Bound, added: unknown): Bound {
  const { target: ownTarget, ...rest } = cleanFields(added);
  if (typeof ownTarget === 'string') return { target: ownTarget, fields: { ...fields, ...rest } };
  const kept = ownTarget === undefined ? rest : { target: ownTarget, ...rest };
  return { target, fields: { ...fields, ...kept } };
}

/** The `Logger` over pino; nothing reaches pino that is not clean. */
export class ScrubbingLogger extends LevelMethods {
  readonly #sink: Sink;
  #bound: Bound;
  #generation: number = secretGeneration();

  constructor(sink: Sink, bound: Bound) {
    super();
    this.#sink = sink;
    this.#bound = bound;
  }

  override log(level: LogLevel, message: string, fields?: Fields): void {
    const { isEnabled, report, write } = this.#sink;
    try {
      const known = knownLevel(level);
      if (!isEnabled(known)) return;
      const { target, fields: bound } = this.#currentBound();
      write(known, {
        target,
        message: cleanMessage(message),
        fields: fields === undefined ? bound : { ...bound, ...cleanFields(fields) },
        ...this.#span(),
      });
    } catch (error) {
      report.make(error);
    }
  }

  override isLevelEnabled(level: LogLevel): boolean {
    return this.#sink.isEnabled(level);
  }

  override child(fields: Fields): Logger {
    return new ScrubbingLogger(this.#sink, bind(this.#currentBound(), fields));
  }

  /** A secret that was registered after these fields were cleaned may stand in them. */
  #currentBound(): Bound {
    const generation = secretGeneration();
    if (generation !== this.#generation) {
      const { target, fields } = this.#bound;
      this.#bound = { target: cleanMessage(target), fields: cleanFields(fields) };
      this.#generation = generation;
    }
    return this.#bound;
  }

  #span(): { readonly span?: SpanContext } {
    const { report, spanContext } = this.#sink;
    if (spanContext === undefined) return {};
    try {
      const span = redact(spanContext(), LIMITS);
      return isRecord(span) ? { span: span as unknown as SpanContext } : {};
    } catch (error) {
      report.make(error);
      return {};
    }
  }
}
