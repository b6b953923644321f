-- Each change of a row rewrites its entry in every index: one for "once per person and edition" and for "all of a person" is enough.
create unique index delivery_person on delivery (subscriber_id, edition_id);
drop index delivery_subscriber;
execute immediate 'alter table delivery drop constraint "' || (
  select constraint_name from information_schema.table_constraints
  where table_schema = 'PUBLIC' and table_name = 'DELIVERY' and constraint_type = 'UNIQUE') || '"';
