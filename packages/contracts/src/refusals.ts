import type { RefusalCode as FinanceRefusalCode } from '@pe/finance/refusal-codes.ts'

/** Every "no" on the wire and the HTTP status it travels with (RFC 9457 problem details, `code`). One table, used by all services. */
export const refusalStatus = {
  // rules of finance
  not_enough_units: 422,
  date_in_future: 422,
  date_too_early: 422,
  date_before_account_opened: 422,
  account_archived: 422,
  portfolio_archived: 422,
  unknown_currency: 422,
  too_precise: 422,
  too_large: 422,
  not_positive: 422,
  field_missing: 422,
  field_not_allowed: 422,
  instrument_missing: 422,
  same_account: 422,
  lots_do_not_match: 422,
  cost_share_out_of_range: 422,
  weights_exceed_whole: 422,
  inside_itself: 422,
  rate_missing: 422,
  charges_do_not_match: 422,
  // the request itself
  bad_request: 400,
  not_found: 404,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  body_too_large: 413,
  // concurrency and idempotency
  changed_meanwhile: 412,
  precondition_required: 428,
  key_in_use: 409,
  key_reused: 422,
  already_void: 409,
  not_void: 409,
  name_taken: 409,
  period_closed: 409,
  already_reopened: 409,
  not_a_draft: 409,
  already_paused: 409,
  not_paused: 409,
  in_use: 409,
  already_recorded: 409,
  already_applied: 409,
  already_undone: 409,
  book_not_empty: 409,
  // imports
  unknown_format: 422,
  file_encrypted: 422,
  file_broken: 422,
  mapping_needed: 422,
  rows_in_error: 422,
  decision_needed: 422,
  wrong_import_state: 409,
  // trouble that a caller may retry
  unavailable: 503,
  too_many_requests: 429,
  internal: 500,
} as const satisfies Record<FinanceRefusalCode, number> & Record<string, number>

export type WireRefusalCode = keyof typeof refusalStatus
