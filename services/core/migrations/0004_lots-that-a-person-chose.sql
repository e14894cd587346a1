-- A sale may name the lots that leave (specific identification); every cost method then takes those first.
alter table transaction add column lots jsonb;
drop trigger transaction_is_append_only on transaction;
create trigger transaction_is_append_only
  before update of id, organisation_id, sequence, account_id, cash_account_id, to_account_id, kind, date, time, instrument_id, quantity, price, amount,
    currency, fee, tax, cash_currency, received_amount, received_currency, rate_from, rate_to, rate, lots, note, import_id, source_key, replaces,
    recorded_at, recorded_by, recorded_state
  on transaction for each row execute function refuse_rewriting();
