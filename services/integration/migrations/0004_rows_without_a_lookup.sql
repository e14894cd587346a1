-- Every row of a report looked up its import, one by one. Rows come and go in the transaction of their import alone (store/import-rows.ts,
-- sweep-imports.ts), so the book is as whole without it, and a file of ten thousand rows is told sooner.
alter table import_row drop constraint import_row_import_id_fkey;
