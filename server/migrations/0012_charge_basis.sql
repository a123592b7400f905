-- What a charge was priced with beside measurements and tariff: time zone, facts, history in and out. Facts may be
-- corrected later; an old bill must still be re-priced from what it saw.
alter table charge add column basis jsonb not null default '{}';
