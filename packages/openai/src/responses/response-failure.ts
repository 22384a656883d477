/** What went wrong with a response. */
export type ResponseErrorCode =
  | 'server_error'
  | 'rate_limit_exceeded'
  | 'invalid_prompt'
  | 'data_residency_mismatch'
  | 'bio_policy'
  | 'misalignment_policy_violation'
  | 'vector_store_timeout'
  | 'invalid_image'
  | 'invalid_image_format'
  | 'invalid_base64_image'
  | 'invalid_image_url'
  | 'image_too_large'
  | 'image_too_small'
  | 'image_parse_error'
  | 'image_content_policy_violation'
  | 'invalid_image_mode'
  | 'image_file_too_large'
  | 'unsupported_image_media_type'
  | 'empty_image_file'
  | 'failed_to_download_image'
  | 'image_file_not_found';

/** Why a response failed. */
export interface ResponseError {
  code: ResponseErrorCode;
  message: string;
  misalignment?: {
    detailed_explanation?: string;
    error_type?:
      | (string & {})
      | 'potentially_unintended_data_transfer'
      | 'potentially_unintended_data_access'
      | 'potentially_unintended_destructive_activity'
      | 'other';
    review_target?: string | null;
    steer?: { message: string };
  };
  param?: string | null;
  type?: string | null;
}

/** Why a response stopped before it was complete. */
export interface ResponseIncompleteDetails {
  reason?: 'max_output_tokens' | 'max_messages' | 'content_filter' | 'steered';
}
