-- What a preview says becomes a code with facts, so that a screen can say it in any language. The sentences kept so far are of files that were
-- only looked at; looking again makes their notes.
alter table import drop column warnings;
alter table import add column notes jsonb not null default '[]';
alter table import_row add column note jsonb;
