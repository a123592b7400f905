-- Notices to customers, webhooks to other programs, and the feed of events.

-- The feed: events of finished transactions in the order (transaction, event), so that none is committed behind a reader.
alter table outbox_event add column transaction_id xid8 not null default audit_transaction(pg_current_xact_id());
create index outbox_event_feed on outbox_event (client_id, transaction_id, event_id);

-- What customers can be told: its kind of notice, the facts that its texts may name.
create table notice_template (
  client_id     int not null references client,
  template_code text not null,
  name          text not null,
  category      text not null check (category in ('billing', 'payment', 'collection', 'service', 'account')),
  legal         boolean not null default false,    -- always by letter, whatever the customer prefers
  letters       boolean not null default true,     -- by letter where nobody asked for another way; else by e-mail or not at all
  facts         jsonb not null,                    -- {"amount": "money", "dueDate": "date"}
  primary key (client_id, template_code)
);

-- The words, by channel and language, from a day on.
create table notice_text (
  client_id     int not null,
  template_code text not null,
  channel       text not null check (channel in ('letter', 'email', 'text')),
  language      text not null check (language in ('en', 'es')),
  start_date    date not null,
  subject       text not null,
  body          text not null,
  created_by    text not null,
  created_at    timestamptz not null,
  primary key (client_id, template_code, channel, language, start_date),
  foreign key (client_id, template_code) references notice_template
);

-- How a person wants to hear of a kind of notice about an account; account 0 stands for all of the customer's.
create table notice_preference (
  customer_id     bigint not null,
  account_number  smallint not null,
  person_id       bigint not null,
  category        text not null check (category in ('billing', 'payment', 'collection', 'service', 'account')),
  channel         text not null check (channel in ('letter', 'email', 'text')),
  wanted          boolean not null,
  changed_at      timestamptz not null,
  primary key (customer_id, account_number, person_id, category, channel)
);

-- Every notice: who is told what, when, how, in which words. The words never change; how it went does.
create table notice (
  customer_id     bigint not null,
  notice_number   int not null,
  account_number  smallint not null,
  person_id       bigint not null,
  template_code   text not null,
  channel         text not null check (channel in ('letter', 'email', 'text')),
  language        text not null,
  cause           text not null,                   -- what it follows from, once: event:812
  name            text not null,
  address         jsonb not null,                  -- an e-mail address, or a mailing address
  subject         text not null,
  body            text not null,
  content_hash    bytea not null,                  -- sha256 of subject, line feed, body
  bill_id         int,                             -- the bill that goes with it
  routing_number  smallint,
  status          text not null check (status in ('queued', 'sent', 'failed', 'suppressed')),
  reason          text check ((reason is not null) = (status in ('failed', 'suppressed'))),
  attempts        smallint not null default 0,
  last_error      text,
  due_at          timestamptz not null,            -- tried no earlier
  queued_at       timestamptz not null,
  done_at         timestamptz check ((done_at is null) = (status = 'queued')),
  primary key (customer_id, notice_number),
  unique (customer_id, cause, template_code, account_number, person_id, channel)
);
create index notice_waiting on notice (channel, due_at) where status = 'queued';

revoke update on notice from billwright_server;
grant update (status, reason, attempts, last_error, due_at, done_at, address) on notice to billwright_server;

create table webhook_endpoint (
  client_id       int not null references client,
  endpoint_id     int not null,
  url             text not null,
  description     text not null default '',
  event_types     text[] not null,                 -- exact, 'bill.*' or '*'
  status          text not null check (status in ('active', 'disabled')),
  status_reason   text,
  failing_since   timestamptz,
  created_at      timestamptz not null,
  primary key (client_id, endpoint_id)
);

-- Two are valid while one takes over from the other. Encrypted by field.
create table webhook_secret (
  client_id       int not null,
  endpoint_id     int not null,
  secret_number   int not null,
  encrypted       bytea not null,
  created_at      timestamptz not null,
  expires_at      timestamptz,
  primary key (client_id, endpoint_id, secret_number),
  foreign key (client_id, endpoint_id) references webhook_endpoint
);

-- One event for one endpoint. Sending it again starts the same row anew.
create table webhook_delivery (
  client_id       int not null,
  endpoint_id     int not null,
  event_id        bigint not null,
  status          text not null check (status in ('waiting', 'delivered', 'failed')),
  attempts        smallint not null default 0,
  due_at          timestamptz not null,
  last_status     smallint,                        -- HTTP status of the last answer, null when none came
  last_error      text,
  queued_at       timestamptz not null,
  done_at         timestamptz check ((done_at is null) = (status = 'waiting')),
  primary key (client_id, endpoint_id, event_id),
  foreign key (client_id, endpoint_id) references webhook_endpoint
);
create index webhook_delivery_waiting on webhook_delivery (client_id, endpoint_id, due_at) where status = 'waiting';
