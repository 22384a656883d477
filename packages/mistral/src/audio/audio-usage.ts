/** What a call on sound has used. */
export interface AudioUsage {
  prompt_tokens: number;
  completion_tokens?: number | null;
  total_tokens: number;
  /** Length of the sound that was listened to. */
  prompt_audio_seconds?: number | null;
  service_tier?: string | null;
}
