-- A notice's name to the outside: random, in its Message-ID and in the confirmation link. The table is empty before this version.
alter table notice add column public_id bigint not null;
alter table notice add constraint notice_public_id unique (public_id);
-- When a confirmation's button was pressed: its link works once.
alter table notice add column answered_at timestamp(6) with time zone;
-- How often the connection was lost after the final dot.
alter table notice add column uncertain_count smallint default 0 not null;
