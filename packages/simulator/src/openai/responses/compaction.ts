import type { Identifiers } from '../../identifiers.ts';
import { wrongValue } from '../request-fields.ts';
import { nextItemId, type ResponseItem } from './response-item.ts';

/** Items made small: what only the API can read is their JSON in base64. */
export function compact(items: readonly ResponseItem[], identifiers: Identifiers): ResponseItem {
  return {
    id: nextItemId('compaction', identifiers),
    type: 'compaction',
    encrypted_content: Buffer.from(JSON.stringify(items)).toString('base64'),
  };
}

/** The items that were made small. @throws RequestRefused 400 */
export function openCompaction(item: ResponseItem): ResponseItem[] {
  const text = Buffer.from(String(item['encrypted_content']), 'base64').toString();
  try {
    return JSON.parse(text) as ResponseItem[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw wrongValue(
      'encrypted_content',
      `The encrypted content of ${item.id} could not be verified.`,
      'invalid_encrypted_content',
    );
  }
}
