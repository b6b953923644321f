-- Soft bounces in a row are counted from the bounces themselves.
drop table bounce_streak;
