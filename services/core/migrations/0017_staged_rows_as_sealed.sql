-- What an entry of the chain will say of a row is written when the row is staged, where its texts are at hand: spelling thirty columns once
-- more took as long as putting them into the journal. What is staged now is staged again.
truncate staged_batch, staged_transaction, staged_verdict;
alter table staged_transaction add column stated text not null;
