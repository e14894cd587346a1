-- The rows of an import stand beside each other, and imports follow each other in time, as their ids do: ranges of blocks tell where they are
-- in a few bytes, and recording has one tree less to keep.
drop index transaction_by_import;
create index transaction_by_import on transaction using brin (import_id) with (pages_per_range = 16, autosummarize = on);
