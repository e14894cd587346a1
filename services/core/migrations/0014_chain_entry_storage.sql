-- An entry can hold hundreds of transactions now. Compressing that text would cost an import more than writing it.
alter table chain_entry alter column what set storage external;
