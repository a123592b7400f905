-- Seals cover windows of transaction numbers, which a database server counts for itself. A database that is restored
-- into another server would begin again at small numbers, inside windows that are sealed. Therefore the trail counts
-- from an offset, the largest number that the restored trail has; a restore sets it, nothing else does.

create table audit_offset (
  singleton     boolean primary key default true check (singleton),
  transactions  bigint not null check (transactions >= 0)
);
grant select on audit_offset to billwright_server;

-- What is there already may have come from another server.
insert into audit_offset (transactions)
select greatest(
  (select coalesce(max(transaction_id::text::bigint), 0) from audit_entry),
  (select coalesce(max(to_transaction::text::bigint), 0) from audit_seal));

create function audit_transaction(of_server xid8) returns xid8
language sql stable set search_path = public, pg_temp as $$
  select (of_server::text::bigint + transactions)::text::xid8 from audit_offset
$$;
grant execute on function audit_transaction(xid8) to billwright_server;

alter table audit_entry alter column transaction_id set default audit_transaction(pg_current_xact_id());
