/** That somebody may use a library. */
export interface LibraryAccess {
  readonly role: string;
  readonly type: string;
  readonly id: string;
}

/** An access as the API shows it. */
export function accessObject(library: string, access: LibraryAccess): object {
  return {
    library_id: library,
    user_id: access.type === 'User' ? access.id : null,
    org_id: '5d1c6f0a-0000-4000-8000-000000000029',
    role: access.role,
    share_with_type: access.type,
    share_with_uuid: access.id,
  };
}
