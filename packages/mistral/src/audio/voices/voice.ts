/** A voice that can speak. */
export interface Voice {
  id: string;
  name: string;
  /** ISO 8601. */
  created_at: string;
  /** Whose it is; null for those that the API brings. */
  user_id: string | null;
  slug?: string | null;
  /** What it speaks. */
  languages?: string[];
  gender?: string | null;
  age?: number | null;
  tags?: string[] | null;
  color?: string | null;
  description?: string | null;
  /** @default 30, by the API */
  retention_notice?: number;
  /** How much of its sample was cut off. */
  trimmed_seconds?: number | null;
}

/** A page of voices, as the API sends it. */
export interface VoicePage {
  items: Voice[];
  /** How many there are on all pages. */
  total: number;
  page: number;
  page_size: number;
  total_pages: number;
}
