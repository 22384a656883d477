/** A skill that the API keeps. */
export interface SkillReference {
  type: 'skill_reference';
  skill_id: string;
  /** A number, or `latest`. */
  version?: string;
}

/** A skill that travels with the request. */
export interface InlineSkill {
  type: 'inline';
  name: string;
  description: string;
  source: {
    type: 'base64';
    media_type: 'application/zip';
    /** Base64. */
    data: string;
  };
}

/** A skill on your machine. */
export interface LocalSkill {
  name: string;
  description: string;
  path: string;
}

/** Where a container may connect to. */
export type ContainerNetworkPolicy =
  | { type: 'disabled' }
  | {
      type: 'allowlist';
      allowed_domains: string[];
      /** Values that only these domains get to see. */
      domain_secrets?: { domain: string; name: string; value: string }[];
    };

/** How much memory a container has. */
export type ContainerMemory = '1g' | '4g' | '16g' | '64g';

interface ContainerSettings {
  file_ids?: string[];
  memory_limit?: ContainerMemory | null;
  network_policy?: ContainerNetworkPolicy;
}

/** A container that the API makes. */
export interface ContainerAuto extends ContainerSettings {
  type: 'container_auto';
  skills?: (SkillReference | InlineSkill)[];
}

/** A container that the API makes for the code interpreter. */
export interface CodeInterpreterContainer extends ContainerSettings {
  type: 'auto';
}

/** A container that exists. */
export interface ContainerReference {
  type: 'container_reference';
  container_id: string;
}

/** Your machine. */
export interface LocalEnvironment {
  type: 'local';
  skills?: LocalSkill[];
}
