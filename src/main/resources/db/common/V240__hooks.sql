-- What a provider's signature covers where it does not cover the events (Mailgun): good for one body only.
create table hook_token (
  provider    varchar(20) not null,
  token_hash  varchar(64) not null,
  body_hash   varchar(64) not null,
  received_at timestamp(6) with time zone not null,
  primary key (provider, token_hash)
);
create index hook_token_age on hook_token (received_at);

-- What became of a notice after the relay took it, as with deliveries.
alter table notice add column arrival varchar(8) default 'unknown' not null
  check (arrival in ('unknown', 'delayed', 'arrived', 'returned'));
alter table notice add column arrival_at timestamp(6) with time zone;
alter table notice add column arrival_source varchar(20);
create index bounce_notice on bounce (notice_id);
