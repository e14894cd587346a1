-- What sort of file it is, as a code with facts, so that a screen can say it in any language.
alter table import add column variant_note jsonb;
