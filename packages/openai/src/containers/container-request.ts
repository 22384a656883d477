import type { AsRequest } from '@integrations/provider';
import type { OrderedCursorQuery } from '../cursor-list.ts';
import type {
  ContainerMemory,
  ContainerNetworkPolicy,
  InlineSkill,
  SkillReference,
} from '../responses/tools/environment.ts';

/** A container to make. */
export interface ContainerCreateRequest {
  readonly name: string;
  /** How long after its last use it is deleted. @default 20 minutes, by the API */
  readonly expires_after?:
    | { readonly anchor: 'last_active_at'; readonly minutes: number }
    | undefined;
  /** Ids of files to put into it. */
  readonly file_ids?: readonly string[] | undefined;
  /** @default '1g', by the API */
  readonly memory_limit?: ContainerMemory | undefined;
  /** Where code in it may connect to. @default nowhere, by the API */
  readonly network_policy?: AsRequest<ContainerNetworkPolicy> | undefined;
  readonly skills?: readonly AsRequest<SkillReference | InlineSkill>[] | undefined;
}

/** Which containers to list. */
export interface ContainerQuery extends OrderedCursorQuery {
  /** Only containers with this name. */
  readonly name?: string | undefined;
}
