/**
 * What one of several members may use of a limit that all share: whole requests, which
 * together are the limit.
 *
 * @param member counts from 0.
 */
export function shareOf(limit: number, members: number, member: number): number {
  return Math.floor(limit / members) + (member < limit % members ? 1 : 0);
}
