-- The way to service and from it: start, stop, transfer and reinstate, step by step.

-- What a customer asked for. Its steps say how far it is.
create table service_request (
  client_id       int not null references client,
  request_id      bigint generated always as identity,
  kind            text not null check (kind in ('start', 'stop', 'transfer', 'reinstate')),
  status          text not null check (status in ('draft', 'submitted', 'in_progress', 'complete', 'cancelled', 'failed')),
  customer_id     bigint,                           -- absent until a start has opened a new customer's file
  account_number  smallint,
  premise_id      bigint not null,                  -- where service starts, stops or is reinstated; of a transfer: the new place
  from_premise_id bigint,                           -- of a transfer: the old place
  start_date      date,                             -- the first day with service
  stop_date       date,                             -- the first day without
  terms           jsonb not null,                   -- what is wanted, by kind
  requested_by    text not null,                    -- who asked, in their own words
  reason          text not null default '',
  due_date        date,                             -- when its next step is to be taken; absent: nothing more to do
  fault_code      text,
  fault           text,                             -- why it failed
  created_at      timestamptz not null,
  created_by      text not null,
  ended_at        timestamptz,
  primary key (client_id, request_id),
  check ((status in ('complete', 'cancelled', 'failed')) = (ended_at is not null)),
  check ((status = 'failed') = (fault_code is not null)),
  check (account_number is null or customer_id is not null)
);
create index service_request_customer on service_request (customer_id) where customer_id is not null;
create index service_request_premise on service_request (premise_id);
create index service_request_from_premise on service_request (from_premise_id) where from_premise_id is not null;
create index service_request_due on service_request (client_id, due_date) where due_date is not null;

create table service_request_step (
  client_id       int not null,
  request_id      bigint not null,
  step_number     smallint not null,
  kind            text not null,
  status          text not null check (status in ('pending', 'done', 'undone', 'failed', 'skipped')),
  due_date        date,                             -- absent: at once
  made            jsonb not null default '{}',      -- what it made: agreements, field activities, a deposit, a bill
  message         text,
  done_at         timestamptz,
  primary key (client_id, request_id, step_number),
  foreign key (client_id, request_id) references service_request,
  check (status not in ('done', 'skipped', 'undone', 'failed') or done_at is not null)
);
-- A changed date plans the steps that are left anew.
grant delete on service_request_step to billwright_server;

-- Service at a point must not go to anybody else: tampering, or a debt that stays with the place.
create table switch_hold (
  client_id        int not null references client,
  service_point_id bigint not null,
  hold_number      smallint not null,
  reason           text not null,
  start_date       date not null,
  end_date         date check (end_date > start_date),
  created_at       timestamptz not null,
  created_by       text not null,
  primary key (client_id, service_point_id, hold_number)
);

-- Who takes service between tenants, where and of which kind.
create table landlord_agreement (
  client_id       int not null references client,
  landlord_id     bigint generated always as identity,
  customer_id     bigint not null,                  -- the account that service reverts to
  account_number  smallint not null,
  description     text not null default '',
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (client_id, landlord_id)
);
create index landlord_agreement_customer on landlord_agreement (customer_id);

create table landlord_service (
  client_id       int not null,
  landlord_id     bigint not null,
  service_kind    text not null check (service_kind in ('electricity', 'gas', 'water', 'lighting')),
  tariff_id       int not null,
  season_start    text check (season_start ~ '^\d\d-\d\d$'),  -- month and day; absent: all year
  season_end      text check (season_end ~ '^\d\d-\d\d$'),    -- exclusive; may lie in the next year
  primary key (client_id, landlord_id, service_kind),
  foreign key (client_id, landlord_id) references landlord_agreement,
  check ((season_start is null) = (season_end is null))
);

create table landlord_premise (
  client_id       int not null,
  premise_id      bigint not null,
  landlord_id     bigint not null,
  start_date      date not null,
  end_date        date check (end_date > start_date),
  primary key (client_id, premise_id, start_date),
  foreign key (client_id, landlord_id) references landlord_agreement,
  exclude using gist (client_id with =, premise_id with =, daterange(start_date, end_date) with &&)
);
create index landlord_premise_landlord on landlord_premise (client_id, landlord_id);
