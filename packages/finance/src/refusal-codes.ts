/** Every "no" that a rule of finance can give. The wire's full list (contracts/refusals.ts) contains it. */
export const refusalCodes = [
  'not_enough_units',
  'date_in_future',
  'date_too_early',
  'date_before_account_opened',
  'account_archived',
  'unknown_currency',
  'too_precise',
  'too_large',
  'not_positive',
  'field_missing',
  'field_not_allowed',
  'instrument_missing',
  'same_account',
  'lots_do_not_match',
  'cost_share_out_of_range',
  'weights_exceed_whole',
  'rate_missing',
  'charges_do_not_match',
] as const

export type RefusalCode = (typeof refusalCodes)[number]
