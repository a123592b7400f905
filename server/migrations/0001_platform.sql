-- The floor: the server's role, idempotency, audit, outgoing events, the installation itself.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- Roles belong to the whole database server; another database of it may have made this one a moment ago.
do $$
begin
  create role billwright_server nologin;
exception when duplicate_object or unique_violation then null;
end $$;
grant billwright_server to current_user;

-- One row: what kind of installation this is, and where its clock stands (demo only).
create table installation (
  singleton     boolean primary key default true check (singleton),
  demo          boolean not null default false,
  clock_start   timestamptz,               -- demo: the simulated instant at which its clock began
  clock_origin  timestamptz,               -- demo: the real instant that clock_start corresponds to
  demo_step     text,                      -- demo: the step of loading reached, null when complete
  created_at    timestamptz not null
);

create table idempotency_key (
  client_id     int not null,
  door          text not null,
  caller        text not null,
  key           text not null check (length(key) between 1 and 255),
  request_hash  bytea not null,
  status        smallint,                  -- null while the first request is still running
  reply         jsonb,
  created_at    timestamptz not null,
  primary key (client_id, door, caller, key)
);

-- One row an act (a bill run: one a chunk). Append-only.
create table audit_entry (
  client_id      int not null,
  audit_id       bigint generated always as identity,
  at             timestamptz not null,
  actor          text not null,            -- user:<name>, job:<name>, cli:<os user>
  door           text not null,
  operation      text not null,            -- verb and noun: completeBill, postUsage
  subject        text not null,            -- customer:100000042, bill:100000042-3
  reason         text,
  correlation_id text,
  detail         jsonb not null default '{}',
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (client_id, audit_id)
);
create index audit_entry_subject on audit_entry (client_id, subject, audit_id desc);
create index audit_entry_transaction on audit_entry (client_id, transaction_id);

-- A seal covers the entries of all transactions in [from_transaction, to_transaction): all of them were finished
-- when it was written, so that the set can never grow. hash = sha256(previous hash, the entries in order).
create table audit_seal (
  client_id         int not null,
  seal_number       int not null,
  from_transaction  xid8 not null,
  to_transaction    xid8 not null,
  entries           int not null,
  previous_hash     bytea not null,
  hash              bytea not null,
  sealed_at         timestamptz not null,
  primary key (client_id, seal_number)
);

-- Transactional outbox: written with the act, delivered afterwards.
create table outbox_event (
  client_id     int not null,
  event_id      bigint generated always as identity,
  at            timestamptz not null,
  type          text not null,             -- bill.completed, usage.posted
  subject       text not null,
  payload       jsonb not null,
  handled_at    timestamptz,
  primary key (client_id, event_id)
);
create index outbox_event_waiting on outbox_event (client_id, event_id) where handled_at is null;

-- Values that must be unique in a whole client while their rows live with different owners.
create table unique_value (
  client_id     int not null,
  kind          text not null,             -- meter_badge, external_account, login_email
  value         text not null,
  owner         text not null,
  primary key (client_id, kind, value)
);
