import { IntegrationError, isIntegrationError } from '@integrations/errors';

/** What is needed to go on with an upload. It is plain data: it may be kept as JSON. */
export interface UploadResumption {
  readonly uploadId: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of each part but the last. */
  readonly partSize: number;
  /** Ids of the parts that are there, at their positions; null for those that are missing. */
  readonly partIds: readonly (string | null)[];
  /** When the API forgets the parts, in seconds since 1970. */
  readonly expiresAt: number;
}

/**
 * An upload was begun and not completed: a part failed, or the caller gave up. Its
 * `code`, `status` and `retryable` are those of what stopped it, which is its `cause`.
 */
export class UploadIncompleteError extends IntegrationError {
  /** To be passed to another `uploadFile` of the same file. */
  readonly resume: UploadResumption;

  constructor(cause: unknown, resume: UploadResumption) {
    const known = isIntegrationError(cause) ? cause : undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    const done = resume.partIds.filter((id) => id !== null).length;
    super(
      known?.code ?? 'configuration',
      `openai uploads.uploadFile: ${resume.uploadId} was not completed; ${done} of ${resume.partIds.length} parts are there. Pass \`resume\` of this error to go on. ${why}`,
      known?.retryable ?? false,
      {
        cause,
        status: known?.status,
        requestId: known?.requestId,
        retryAfterMs: known?.retryAfterMs,
      },
    );
    this.resume = resume;
  }
}
