-- An issue queued after a slot's time waits for the next one, even when that slot is caught up late.
alter table queue_entry add column queued_at timestamp(6) with time zone default current_timestamp not null;

-- A named slot holds one issue. Entries without a named slot (null) don't collide.
alter table queue_entry add constraint queue_entry_slot unique (newsletter_id, slot_date);
