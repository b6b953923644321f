-- The public id is the first half of the hash: looking people up by it needs no second index, which every added row would pay for.
drop index subscriber_hash;
