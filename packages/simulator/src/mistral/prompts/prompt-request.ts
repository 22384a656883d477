import { orRefuse } from '../request-problem.ts';
import { filledText, integer, list, optional, record, type Shape, text } from '../shape.ts';
import type { Definition } from './stored-prompt.ts';

const GIVEN = record({
  content: text,
  variables: optional(list(record({ name: filledText }))),
});

/** The text of a version. */
export const DEFINITION: Shape<Definition> = (value, at) => {
  const { content, variables = [] } = GIVEN(value, at);
  return { content, variables };
};

/** Names of a version. */
export const ALIASES: Shape<readonly string[] | undefined> = optional(list(filledText));

/** The number of a version in a path. @throws RequestRefused 422 */
export function versionNumber(params: Readonly<Record<string, string>>): number {
  const given = params['version'] ?? '';
  const number = /^\d+$/.test(given) ? Number(given) : given;
  return orRefuse(() => integer({ from: 1 })(number, ['path', 'version']));
}
