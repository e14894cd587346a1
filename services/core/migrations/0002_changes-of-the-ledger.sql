-- When each transaction last changed, so that whoever keeps a book in memory reads again only the days that a change touched. Numbers of
-- one account rise with its commits, since every writer locks the accounts first; the table sets them, so that no writer can forget to.

create sequence transaction_change;
alter table transaction add column change bigint not null default nextval('transaction_change');
alter sequence transaction_change owned by transaction.change;
create index transaction_by_change on transaction (change);

create function count_change() returns trigger language plpgsql as $$
begin
  new.change := nextval('transaction_change');
  return new;
end
$$;
create trigger transaction_counts_changes before update of state on transaction for each row execute function count_change();
