-- How far the journal of a sending process is taken over into the ledger, so that nothing in it counts twice. Only the embedded
-- database has a journal beside it.
create table outcome_journal (
  owner  varchar(40) not null primary key,   -- whose journal
  folded bigint      not null                -- entries up to this number are in the ledger
);
