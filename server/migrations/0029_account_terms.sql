-- Why an exemption was given. One that is ended on or before its start never counts: its end is its start.
alter table exemption add column reason text not null default '';
alter table exemption drop constraint exemption_check;
alter table exemption add check (end_date >= start_date);

-- A value that its owner no longer has is free for another: the utility's account number that was corrected.
grant delete on unique_value to billwright_server;
