-- Two transactions may make the partition of a month at once: the one that waited for the lock still sees its own
-- cached "no such table", so that only trying can tell.
create or replace function ensure_interval_partition(day date) returns void
language plpgsql security definer set search_path = public as $$
declare
  first_day date := date_trunc('month', day)::date;
  name text := 'interval_block_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('ensure_interval_partition'));
  begin
    execute format('create table %I partition of interval_block for values from (%L) to (%L)',
      name, first_day, (first_day + interval '1 month')::date);
  exception when duplicate_table then null;
  end;
end $$;
