-- Due rows are looked for by mailbox provider: those of one that has to wait never stand before the others'.
drop index delivery_due;
create index delivery_due on delivery (edition_id, provider, next_attempt_at);
