import { validateWith } from '@integrations/provider';
import * as v from 'valibot';

function entity() {
  return {
    share_with_uuid: v.pipe(v.string(), v.nonEmpty()),
    share_with_type: v.picklist(['User', 'Workspace', 'Org']),
  };
}

/** Checks what `libraries.accesses.set` is given. */
export const validateAccess: (body: unknown) => void = validateWith(
  'mistral libraries.accesses.set',
  () => v.object({ ...entity(), level: v.picklist(['Viewer', 'Editor']) }),
);

/** Checks what `libraries.accesses.delete` is given. */
export const validateAccessEntity: (body: unknown) => void = validateWith(
  'mistral libraries.accesses.delete',
  () => v.object(entity()),
);
