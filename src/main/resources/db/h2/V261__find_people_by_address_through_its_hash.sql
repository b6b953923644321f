-- The public id, unique as well, is made from the hash of the address: who is looked for by address is found by it, and an index
-- of addresses would be a second one that each added row pays for at a place of its own.
execute immediate 'alter table subscriber drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'SUBSCRIBER' and c.constraint_type = 'UNIQUE'
    and k.column_name = 'ADDRESS_KEY');
