-- H2 keeps an index of exactly the columns of each foreign key, beside those that begin with them. Each row that is added pays
-- for it, and each state of a delivery as well. No newsletter and no edition is ever deleted: these keys guard nothing.
execute immediate 'alter table subscription drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'SUBSCRIPTION' and c.constraint_type = 'FOREIGN KEY'
    and k.column_name = 'NEWSLETTER_ID');
execute immediate 'alter table consent drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'CONSENT' and c.constraint_type = 'FOREIGN KEY'
    and k.column_name = 'NEWSLETTER_ID');
execute immediate 'alter table delivery drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'DELIVERY' and c.constraint_type = 'FOREIGN KEY'
    and k.column_name = 'EDITION_ID');
-- The keys to the person stay, on one index each. A person has few pieces of evidence.
execute immediate 'alter table subscription drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'SUBSCRIPTION' and c.constraint_type = 'FOREIGN KEY'
    and k.column_name = 'SUBSCRIBER_ID');
alter table subscription add constraint subscription_of_subscriber
  foreign key (subscriber_id) references subscriber (id) on delete cascade;
execute immediate 'alter table consent drop constraint ' || (
  select quote_ident(c.constraint_name) from information_schema.table_constraints c
  join information_schema.key_column_usage k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
  where c.table_schema = current_schema and c.table_name = 'CONSENT' and c.constraint_type = 'FOREIGN KEY'
    and k.column_name = 'SUBSCRIBER_ID');
drop index consent_subscriber;
create index consent_subscriber on consent (subscriber_id);
alter table consent add constraint consent_of_subscriber
  foreign key (subscriber_id) references subscriber (id) on delete cascade;
