-- What the stop rules count, and which mailbox providers of an edition get nothing for now.
create table edition_provider (
  edition_id   bigint      not null references edition (id),
  provider     varchar(20) not null,
  recipients   bigint      not null,
  answered     bigint      not null default 0,   -- taken or refused for good, since counted_from
  hard         bigint      not null default 0,   -- hard bounces, at once and later
  faults       bigint      not null default 0,   -- refusals because of us, at once and later
  complaints   bigint      not null default 0,
  words        varchar(300),                     -- the last refusal because of us
  counted_from timestamp(6) with time zone,      -- null: since the edition began; else since it was last resumed
  paused_at    timestamp(6) with time zone,      -- set while nothing may leave for this provider
  pause_reason varchar(500),
  primary key (edition_id, provider)
);

insert into edition_provider (edition_id, provider, recipients, answered)
select d.edition_id, d.provider, count(*), count(case when d.state in ('accepted', 'rejected') then 1 end)
from delivery d join edition e on e.id = d.edition_id
where e.finished_at is null and e.ready_at is not null
group by d.edition_id, d.provider;
