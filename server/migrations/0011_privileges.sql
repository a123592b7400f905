-- What the server may do. Ledger, audit, measurements and charge lines are append-only by privilege.

grant usage on schema public to billwright_server;
grant select, insert, update on all tables in schema public to billwright_server;
grant usage on all sequences in schema public to billwright_server;
grant execute on function ensure_interval_partition(date) to billwright_server;

revoke insert, update on migration from billwright_server;
revoke update on
  audit_entry, audit_seal, journal_entry, posting, charge_part, charge_line, usage_quantity, usage_source,
  interval_block, register_read, usage_import, settlement
  from billwright_server;
grant update (superseded_at) on interval_block, register_read to billwright_server;
grant delete on role_permission, staff_user_role, session, idempotency_key to billwright_server;
