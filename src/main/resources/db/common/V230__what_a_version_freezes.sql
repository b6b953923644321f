-- What Message-ID, envelope sender and links of a version are made of, as it was when the version was frozen. Null in rows of
-- before: they take today's.
alter table edition_version add column token_key smallint;
alter table edition_version add column bounce_prefix varchar(8);
alter table edition_version add column bounce_domain varchar(255);
