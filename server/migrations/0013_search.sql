-- People type the part of a number that they see: the last digits of a badge, of an external number, of a phone.

create index device_badge_search on device using gin (badge gin_trgm_ops);
create index person_contact_search on person_contact using gin (normalized gin_trgm_ops);
