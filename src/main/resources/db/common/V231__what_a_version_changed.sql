-- What a mended version says otherwise than the one before it, in the words of IssueDifference. Null for version 1.
alter table edition_version add column changes varchar(500);
