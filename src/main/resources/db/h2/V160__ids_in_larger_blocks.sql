-- H2 writes its file each time a block of ids (32 by default) is used up: an import paid a commit for every 32 people.
-- Ids that a killed process had taken are skipped.
alter table subscriber alter column id set cache 50000;
alter table consent alter column id set cache 50000;
alter table suppression alter column id set cache 50000;
alter table attempt alter column id set cache 50000;
alter table notice alter column id set cache 50000;
alter table bounce alter column id set cache 50000;
