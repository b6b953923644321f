-- How fast may be sent, by relay, newsletter and mailbox provider: one row for each, which nodes take stretches of time from.
create table rate_bucket (
  bucket  varchar(80) not null primary key,
  next_at timestamp(6) with time zone        -- when the next message that nobody was granted may go
);

-- What limits by the hour and by the day count. A slot is five minutes for the hour and one hour for the day.
create table rate_use (
  bucket  varchar(80) not null,
  period  varchar(6)  not null check (period in ('hour', 'day')),
  slot_at timestamp(6) with time zone not null,
  used    bigint      not null,
  primary key (bucket, period, slot_at)
);
