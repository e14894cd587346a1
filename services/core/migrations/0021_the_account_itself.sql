-- The chain of an account tells of the account's own row too: its currency, its rules, since when it is open, archived or taken away. Whether
-- it does: accounts that stand already say so with the next start of the server, those opened from now on as they are opened.
alter table account add column row_told boolean not null default false;
alter table account alter column row_told set default true;
