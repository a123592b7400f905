-- Adjustments: one-off debits and credits of an agreement, with their types as data.

create table adjustment_type (
  client_id       int not null references client,
  adjustment_type text not null,
  name_en         text not null,
  name_es         text not null,
  purpose         text not null check (purpose in ('correction', 'fee', 'transfer')),
  direction       text not null check (direction in ('debit', 'credit', 'either')),
  ledger_code     text not null,                    -- the other side of the debt
  debt_class      text,                             -- absent: the agreement's own
  default_amount_cents bigint check (default_amount_cents > 0),
  agreement_kinds text[] not null,                  -- empty: every kind
  service_kinds   text[] not null,
  statuses        text[] not null,
  on_bill         boolean not null,                 -- a line of its own; else only part of the total
  approval_above_cents bigint check (approval_above_cents >= 0),  -- absent: never needs approval
  active          boolean not null,
  primary key (client_id, adjustment_type),
  foreign key (client_id, ledger_code) references ledger_account
);

create table adjustment (
  customer_id     bigint not null references customer,
  adjustment_id   int not null,
  agreement_id    int not null,
  account_number  smallint not null,                -- of the day on which it was made
  adjustment_type text not null,
  purpose         text not null check (purpose in ('correction', 'fee', 'transfer')),
  status          text not null check (status in ('incomplete', 'error', 'freezable', 'pending_approval', 'frozen',
                    'cancelled', 'deleted')),
  amount_cents    bigint check (amount_cents <> 0), -- signed: a debit is above zero; absent while incomplete
  effective_date  date not null,
  accounting_date date not null,
  due_date        date,
  on_bill         boolean not null,
  cause           text,                             -- what made it: a cause makes one adjustment of a type
  comment         text,
  fault_code      text,                             -- why it is in error, or why approval was refused
  fault           text,
  side            text check (side in ('from', 'to')),  -- which half of a transfer
  sibling_customer_id bigint,                       -- the other half of a transfer
  sibling_adjustment_id int,
  entry_id        int,
  cancel_entry_id int,
  cancel_reason   text,
  created_at      timestamptz not null,
  created_by      text not null,
  approved_by     text,
  primary key (customer_id, adjustment_id),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, entry_id) references journal_entry (customer_id, entry_id),
  check (status in ('incomplete', 'error', 'deleted') or amount_cents is not null),
  check ((status in ('frozen', 'cancelled')) = (entry_id is not null)),
  check ((status = 'cancelled') = (cancel_entry_id is not null)),
  check ((purpose = 'transfer') = (sibling_adjustment_id is not null)),
  check (num_nulls(side, sibling_customer_id, sibling_adjustment_id) in (0, 3))
);
create index adjustment_agreement on adjustment (customer_id, agreement_id);
create unique index adjustment_cause on adjustment (customer_id, adjustment_type, cause)
  where cause is not null and status not in ('cancelled', 'deleted');
