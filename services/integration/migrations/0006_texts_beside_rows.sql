-- What the rows of a long file state stands apart from their report: of most files it stays in memory between reading and judging.
create unlogged table staged_text (
  import_id uuid not null,
  row integer not null,
  date date not null,
  -- as the file states it
  transaction text not null
);
create index staged_text_by_day on staged_text (import_id, date, row);
drop index staged_row_by_day;
alter table staged_row drop column transaction;
create index staged_row_by_import on staged_row (import_id);
