-- PostgreSQL logs a sequence each time a block of ids (32 at least) is used up. Ids that a closed connection had taken are skipped.
alter table subscriber alter column id set cache 1000;
alter table consent alter column id set cache 1000;
