const PAGE_BREAK = '\f';

/** The pages of a document: what form feeds divide. */
export function pagesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('utf8').split(PAGE_BREAK);
}
