-- The lives of charges and bills: rebills in two steps, credit notes, holds by tolerance, messages, late fees.

alter table charge add column error_code text;                  -- why it could not be priced
alter table charge add column error text;

alter table bill add column kind text not null default 'regular' check (kind in ('regular', 'off_cycle', 'final'));
alter table bill add column cancel_reason text;
-- An account has one bill in the making at a time, and a bill is credited once.
create unique index bill_unfinished on bill (customer_id, account_number) where status in ('pending', 'reopened');
create unique index bill_credited_once on bill (customer_id, replaces_bill_id) where status = 'credit_note';
grant delete on bill_routing to billwright_server;              -- waiting copies of a bill that is reopened

-- What makes a charge suspicious. A null narrows nothing.
create table bill_tolerance (
  client_id       int not null references client,
  rule_number     smallint not null,
  company_id      smallint,
  customer_class  text check (customer_class in ('residential', 'commercial', 'industrial', 'internal')),
  kind            text not null check (kind in ('high', 'low', 'zero', 'negative', 'estimated')),
  percent         numeric(7, 2) not null default 0 check (percent >= 0),   -- beyond what was expected
  amount_cents    bigint not null default 0 check (amount_cents >= 0),     -- and by more than this
  in_a_row        smallint not null default 1 check (in_a_row >= 1),       -- estimated charges
  outcome         text not null check (outcome in ('hold', 'warn')),
  start_date      date not null,
  end_date        date check (end_date > start_date),
  primary key (client_id, rule_number)
);

-- A charge that a person let pass: this agreement, period and amount, for one bill.
create table bill_release (
  customer_id     bigint not null,
  release_number  int not null,
  account_number  smallint not null,
  agreement_id    int not null,
  kind            text not null,                                -- of the tolerance
  start_date      date not null,
  end_date        date not null,
  amount_cents    bigint not null,
  reason          text not null,
  released_at     timestamptz not null,
  released_by     text not null,
  bill_id         int,                                          -- the bill that it let pass
  primary key (customer_id, release_number),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, bill_id) references bill
);
create unique index bill_release_waiting on bill_release (customer_id, agreement_id, kind, start_date, end_date, amount_cents)
  where bill_id is null;

-- What bills say to whom, and when.
create table bill_message_template (
  client_id       int not null references client,
  message_code    text not null,
  start_date      date not null,
  end_date        date check (end_date > start_date),
  condition       text not null check (condition in ('all', 'class', 'plan', 'first_bill', 'estimated', 'past_due',
                    'autopay', 'final_bill')),
  condition_value text,                                         -- the class, or the plan's number
  title           jsonb not null,                               -- {en, es}
  body            jsonb not null,
  sequence        smallint not null default 50,
  primary key (client_id, message_code, start_date),
  check ((condition in ('class', 'plan')) = (condition_value is not null)),
  exclude using gist (client_id with =, message_code with =, daterange(start_date, end_date) with &&)
);

-- What a bill said when it was completed.
create table bill_message (
  customer_id     bigint not null,
  bill_id         int not null,
  message_number  smallint not null,
  message_code    text not null,
  title           jsonb not null,
  body            jsonb not null,
  primary key (customer_id, bill_id, message_number),
  foreign key (customer_id, bill_id) references bill
);
revoke update on bill_message from billwright_server;
grant delete on bill_message to billwright_server;              -- of a bill that is reopened

create table late_fee_rule (
  client_id       int not null references client,
  rule_code       text not null,
  company_id      smallint,
  customer_class  text check (customer_class in ('residential', 'commercial', 'industrial', 'internal')),
  debt_class      text,
  percent         numeric(6, 3) not null default 0 check (percent between 0 and 100),
  flat_cents      bigint not null default 0 check (flat_cents >= 0),
  grace_days      smallint not null default 0 check (grace_days between 0 and 365),
  minimum_cents   bigint not null default 0 check (minimum_cents >= 0),    -- what is late must be this much
  cap_cents       bigint check (cap_cents > 0),                 -- of one fee
  repeats         text not null check (repeats in ('once', 'monthly')),
  start_date      date not null,
  end_date        date check (end_date > start_date),
  primary key (client_id, rule_code),
  check (percent > 0 or flat_cents > 0)
);

create table late_fee (
  customer_id     bigint not null,
  fee_number      int not null,
  account_number  smallint not null,
  agreement_id    int not null,
  assessed_on     date not null,
  rule            jsonb not null,                               -- as it was applied
  base_cents      bigint not null check (base_cents > 0),
  amount_cents    bigint not null check (amount_cents > 0),
  entry_id        int not null,
  status          text not null check (status in ('posted', 'cancelled')),
  cancel_reason   text,
  created_at      timestamptz not null,
  primary key (customer_id, fee_number),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, entry_id) references journal_entry
);

-- What was late.
create table late_fee_base (
  customer_id     bigint not null,
  fee_number      int not null,
  item_id         int not null,
  origin          text not null,                                -- its charge, before any rebill: charge:12
  unsettled_cents bigint not null check (unsettled_cents > 0),
  due_date        date not null,
  days_late       int not null check (days_late > 0),
  primary key (customer_id, fee_number, item_id),
  foreign key (customer_id, fee_number) references late_fee,
  foreign key (customer_id, item_id) references open_item
);
create index late_fee_base_origin on late_fee_base (customer_id, origin);
revoke update on late_fee_base from billwright_server;
