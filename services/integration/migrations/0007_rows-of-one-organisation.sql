-- Whose row it is, the database itself holds every statement to (docs/decisions/0024).

-- What waits here can be read again from the stored file.
truncate staged_text;
alter table staged_text add column organisation_id uuid not null;

select keep_apart('import', 'import_row', 'staged_file', 'staged_row', 'staged_text', 'staged_verdict');
