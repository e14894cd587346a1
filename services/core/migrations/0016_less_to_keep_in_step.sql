-- An import of ten thousand rows spends most of its time on what has to be kept in step with them.

-- Whoever asks for changes asks for the latest. A summary of every block range tells where they are; what is not summarised yet, because it
-- was just written, is what is asked for.
drop index transaction_by_change;
create index transaction_by_change on transaction using brin (change) with (pages_per_range = 16, autosummarize = on);

-- The links of a correction are checked where there are any, instead of twice for each row.
alter table transaction drop constraint transaction_replaces_fkey, drop constraint transaction_replaced_by_fkey;
create function links_stand() returns trigger language plpgsql as $$
begin
  perform from unnest(array[new.replaces, new.replaced_by]) as link (id)
    where id is not null and not exists (select from transaction where transaction.id = link.id);
  if found then
    raise foreign_key_violation using
      message = 'a correction names a transaction that does not exist', table = 'transaction', constraint = 'transaction_links_stand';
  end if;
  return null;
end
$$;
create constraint trigger transaction_links_stand after insert or update of replaces, replaced_by on transaction
  deferrable initially immediate for each row
  when (new.replaces is not null or new.replaced_by is not null) execute function links_stand();
