-- Each row that is added paid for a look at a table from which nothing is ever deleted.
alter table subscription drop constraint subscription_newsletter_id_fkey;
alter table consent drop constraint consent_newsletter_id_fkey;
alter table delivery drop constraint delivery_edition_id_fkey;
-- A person has few pieces of evidence.
drop index consent_subscriber;
create index consent_subscriber on consent (subscriber_id);
