-- Each change of a row rewrites its entry in every index: one for "once per person and edition" and for "all of a person" is enough.
create unique index delivery_person on delivery (subscriber_id, edition_id);
drop index delivery_subscriber;
alter table delivery drop constraint delivery_edition_id_subscriber_id_key;
