/** Which versions to list. */
export interface AgentVersionListQuery {
  /** From 0. @default 0 */
  readonly page?: number | undefined;
  /** From 1 to 100. @default 20 */
  readonly page_size?: number | undefined;
}
