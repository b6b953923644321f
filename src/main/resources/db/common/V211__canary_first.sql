-- The canary goes first; the rest follows, spread over the time between rest_from and rest_until.
alter table edition add column canary        bigint not null default 0;          -- rows up to this seq go first; 0: none
alter table edition add column rest_from     timestamp(6) with time zone;        -- null while the canary has not passed
alter table edition add column rest_until    timestamp(6) with time zone;
alter table edition add column sending_since timestamp(6) with time zone;        -- since it was made ready or resumed
alter table edition add column paused_at     timestamp(6) with time zone;
update edition set rest_from = ready_at, rest_until = ready_at + pace_seconds * interval '1' second, sending_since = ready_at
where pace_seconds > 0 and ready_at is not null;
