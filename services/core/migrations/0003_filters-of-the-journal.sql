-- The journal by kind, by draft and by void: with 100,000 transactions a rare one was looked for in all of them (92 ms and 44 ms).
create index transaction_by_kind_newest_first on transaction (organisation_id, kind, date, sequence, id);
create index transaction_not_posted_newest_first on transaction (organisation_id, state, date, sequence, id) where state <> 'posted';
