-- The public id, unique as well, is made from the hash of the address: who is looked for by address is found by it, and an index
-- of addresses would be a second one that each added row pays for at a place of its own.
alter table subscriber drop constraint subscriber_address_key_key;
