-- What the links to a letter name. Null for letters that were listed before there were links.
alter table stop_request add column public_id bigint;
create unique index stop_request_public_id on stop_request (public_id);
