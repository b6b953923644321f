-- Only the search for everybody at a domain used it, which reads the table at once; each added row paid for it.
drop index subscriber_domain;
