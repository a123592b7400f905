-- Cycles and runs, charges, bills, open items, payments received.

create table bill_cycle (
  client_id       int not null references client,
  cycle_code      text not null,
  name            text not null,
  primary key (client_id, cycle_code)
);

-- One billing of a cycle: agreements of its accounts are billed up to period_end (exclusive).
create table bill_cycle_window (
  client_id       int not null,
  cycle_code      text not null,
  period_end      date not null,
  opens_on        date not null,
  closes_on       date not null check (closes_on >= opens_on),
  accounting_date date not null,
  primary key (client_id, cycle_code, period_end),
  foreign key (client_id, cycle_code) references bill_cycle
);

create table bill_run (
  client_id       int not null,
  run_id          int not null,
  cycle_code      text not null,
  period_end      date not null,
  bill_date       date not null,
  mode            text not null check (mode in ('live', 'trial')),
  status          text not null check (status in ('planning', 'running', 'paused', 'complete', 'cancelled')),
  accounts        int not null default 0,
  requested_by    text not null,
  created_at      timestamptz not null,
  started_at      timestamptz,
  finished_at     timestamptz,
  primary key (client_id, run_id),
  foreign key (client_id, cycle_code, period_end) references bill_cycle_window
);
-- Two live runs of one window at once would race; the second is refused.
create unique index bill_run_one_live on bill_run (client_id, cycle_code, period_end)
  where mode = 'live' and status in ('planning', 'running', 'paused');

-- A deterministic slice of a run: claimed with a row lock, finished in the transaction that writes its bills.
create table bill_run_chunk (
  client_id         int not null,
  run_id            int not null,
  chunk_number      int not null,
  customer_ids      bigint[] not null,
  account_numbers   smallint[] not null,            -- pairs with customer_ids
  status            text not null check (status in ('pending', 'done')),
  billed            int not null default 0,
  held              int not null default 0,
  nothing_due       int not null default 0,
  amount_cents      bigint not null default 0,
  worker            text,
  started_at        timestamptz,
  finished_at       timestamptz,
  primary key (client_id, run_id, chunk_number),
  foreign key (client_id, run_id) references bill_run
);
create index bill_run_chunk_pending on bill_run_chunk (client_id, run_id, chunk_number) where status = 'pending';

-- The document of one account and period.
create table bill (
  customer_id       bigint not null,
  bill_id           int not null check (bill_id between 1 and 9999),
  account_number    smallint not null,
  status            text not null check (status in ('pending', 'complete', 'cancelled', 'reopened', 'credit_note')),
  bill_date         date not null,
  due_date          date not null,
  start_date        date not null,
  end_date          date not null,
  previous_cents    bigint not null,                -- balance before this bill
  credits_cents     bigint not null,                -- payments and credits since the previous bill, signed
  charges_cents     bigint not null,
  amount_due_cents  bigint not null,
  language          text not null check (language in ('en', 'es')),
  run_id            int,
  replaces_bill_id  int,
  completed_at      timestamptz,
  primary key (customer_id, bill_id),
  foreign key (customer_id, account_number) references billing_account,
  check (amount_due_cents = previous_cents + credits_cents + charges_cents)
);
create index bill_account on bill (customer_id, account_number, bill_date desc);
create index bill_run_id on bill (run_id) where run_id is not null;

create table bill_routing (
  customer_id     bigint not null,
  bill_id         int not null,
  routing_number  smallint not null,
  method          text not null,
  name            text not null,
  address         jsonb not null,
  copies          smallint not null default 1,
  status          text not null check (status in ('waiting', 'sent', 'failed')),
  sent_at         timestamptz,
  primary key (customer_id, bill_id, routing_number),
  foreign key (customer_id, bill_id) references bill
);

-- One priced usage or event.
create table charge (
  customer_id       bigint not null,
  charge_id         int not null,
  agreement_id      int not null,
  account_number    smallint not null,
  kind              text not null check (kind in ('service', 'event')),
  usage_id          int,
  start_date        date not null,
  end_date          date not null check (end_date > start_date),
  status            text not null check (status in ('incomplete', 'error', 'freezable', 'frozen', 'pending_cancel', 'cancelled')),
  amount_cents      bigint not null,
  bill_id           int,
  run_id            int,
  cancel_bill_id    int,                            -- the bill on which its cancellation shows
  rebills_charge_id int,                            -- the cancelled charge that it replaces
  as_of             timestamptz not null,
  engine            text not null,                  -- version of the rating engine
  created_at        timestamptz not null,
  frozen_at         timestamptz,
  cancelled_at      timestamptz,
  cancel_reason     text,
  primary key (customer_id, charge_id),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, bill_id) references bill,
  foreign key (customer_id, usage_id) references usage,
  -- No period of an agreement is billed twice.
  constraint charge_period_once exclude using gist (customer_id with =, agreement_id with =,
    daterange(start_date, end_date) with &&)
    where (kind = 'service' and status in ('freezable', 'frozen'))
);
create index charge_agreement on charge (customer_id, agreement_id, end_date desc);
create index charge_bill on charge (customer_id, bill_id);

-- A part for each plan version and sub-period.
create table charge_part (
  customer_id     bigint not null,
  charge_id       int not null,
  part_number     smallint not null,
  tariff_id       int not null,
  tariff_version  smallint not null,
  start_date      date not null,
  end_date        date not null,
  primary key (customer_id, charge_id, part_number),
  foreign key (customer_id, charge_id) references charge
);

create table charge_line (
  customer_id      bigint not null,
  charge_id        int not null,
  line_number      smallint not null,
  part_number      smallint not null,
  rule_code        text not null,
  kind             text not null,
  section          text not null,                   -- supply, delivery, tax, other
  quantity         bigint,                          -- integer of unit x 10^-quantity_scale
  quantity_scale   smallint,
  unit             text,
  tou_code         text,
  price            numeric,                         -- a unit of the currency, or percent
  base_cents       bigint,
  unrounded        numeric not null,                -- in units of the currency
  amount_cents     bigint not null,
  ledger_code      text not null,
  tax_category     text,
  start_date       date not null,
  end_date         date not null,
  detail           jsonb not null default '{}',     -- band, proration, text keys, interval range
  primary key (customer_id, charge_id, line_number),
  foreign key (customer_id, charge_id) references charge
);

-- One debit or credit of an agreement: the truth of what is owed.
create table open_item (
  customer_id     bigint not null,
  item_id         int not null,
  agreement_id    int not null,
  account_number  smallint not null,                -- the billing account of that day
  debt_class      text not null,
  kind            text not null,                    -- charge, charge_cancel, payment, adjustment, fee, transfer
  reference       text not null,                    -- charge:12
  entry_id        int not null,
  bill_id         int,
  arose_on        date not null,
  due_date        date,
  amount_cents    bigint not null check (amount_cents <> 0),
  unsettled_cents bigint not null,
  primary key (customer_id, item_id),
  unique (customer_id, entry_id, agreement_id),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, entry_id) references journal_entry,
  check (sign(unsettled_cents) * sign(amount_cents) >= 0 and abs(unsettled_cents) <= abs(amount_cents))
);
create index open_item_agreement on open_item (customer_id, agreement_id, arose_on);
create index open_item_unsettled on open_item (customer_id, due_date) where unsettled_cents <> 0;

-- Which credit settled which debit, and for how much. Undone by a mirror row, never deleted.
create table settlement (
  customer_id       bigint not null,
  settlement_id     int not null,
  debit_item_id     int not null,
  credit_item_id    int not null,
  amount_cents      bigint not null check (amount_cents <> 0),
  settled_at        timestamptz not null,
  primary key (customer_id, settlement_id),
  foreign key (customer_id, debit_item_id) references open_item (customer_id, item_id),
  foreign key (customer_id, credit_item_id) references open_item (customer_id, item_id)
);

-- Money in: an event, how it came (tender), to which account (payment).
create table payment_event (
  customer_id     bigint not null references customer,   -- the payer's file; number 0 for nobody yet
  event_number    int not null,
  payment_date    date not null,
  source          text not null,                    -- counter, lockbox, remittance, card, transfer
  external_id     text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, event_number),
  unique (customer_id, source, external_id)
);

create table tender (
  customer_id     bigint not null,
  event_number    int not null,
  tender_number   smallint not null,
  method          text not null check (method in ('cash', 'check', 'ach', 'card', 'remittance')),
  reference       text,
  amount_cents    bigint not null check (amount_cents > 0),
  status          text not null check (status in ('valid', 'cancelled')),
  cancel_reason   text,
  primary key (customer_id, event_number, tender_number),
  foreign key (customer_id, event_number) references payment_event
);

create table payment (
  customer_id        bigint not null,
  payment_number     int not null,
  account_number     smallint not null,
  payer_customer_id  bigint not null,
  event_number       int not null,                  -- of the payer's file
  amount_cents       bigint not null check (amount_cents > 0),
  status             text not null check (status in ('frozen', 'cancelled')),
  entry_id           int not null,
  primary key (customer_id, payment_number),
  foreign key (customer_id, account_number) references billing_account,
  foreign key (customer_id, entry_id) references journal_entry
);

-- An agreement's charges sent to the utility that bills for us.
create table market_invoice (
  customer_id     bigint not null,
  invoice_number  int not null,
  agreement_id    int not null,
  charge_id       int not null,
  amount_cents    bigint not null,
  status          text not null check (status in ('ready', 'sent', 'accepted', 'rejected', 'cancelled')),
  invoice_date    date not null,
  external_id     text,
  created_at      timestamptz not null,
  primary key (customer_id, invoice_number),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, charge_id) references charge
);
create unique index market_invoice_live on market_invoice (customer_id, charge_id) where status <> 'cancelled';
