-- The books. A posting row names its debit and its credit account and one amount, so that it balances by shape.

create table ledger_account (
  client_id       int not null references client,
  ledger_code     text not null,
  name            text not null,
  kind            text not null check (kind in ('asset', 'liability', 'revenue', 'expense', 'clearing')),
  control         boolean not null default false,   -- its balance must equal the open items of its kind
  governing_agency text not null default 'company',
  primary key (client_id, ledger_code)
);

create table accounting_period (
  client_id       int not null references client,
  start_date      date not null,
  end_date        date not null check (end_date > start_date),
  status          text not null check (status in ('open', 'closed')),
  primary key (client_id, start_date),
  exclude using gist (client_id with =, daterange(start_date, end_date) with &&)
);

create table journal_entry (
  customer_id     bigint not null,
  entry_id        int not null,
  kind            text not null,                    -- charge, charge_cancel, payment, payment_cancel, adjustment, transfer
  reference       text not null,                    -- charge:12, payment:3
  effective_date  date not null,                    -- when it counts for the customer
  accounting_date date not null,                    -- the period of the books it falls into
  reverses_entry_id int,
  clearing_event  text,                             -- common to the entries of one act over several customers
  created_at      timestamptz not null,
  primary key (customer_id, entry_id),
  unique (customer_id, kind, reference),            -- the same act is never posted twice
  foreign key (customer_id, reverses_entry_id) references journal_entry (customer_id, entry_id)
);
create unique index journal_entry_reversed_once on journal_entry (customer_id, reverses_entry_id)
  where reverses_entry_id is not null;
create index journal_entry_accounting_date on journal_entry (accounting_date);

create table posting (
  customer_id     bigint not null,
  entry_id        int not null,
  line_number     smallint not null,
  debit_code      text not null,
  credit_code     text not null,
  amount_cents    bigint not null check (amount_cents > 0),
  agreement_id    int,                              -- the five columns of a receivable posting
  account_number  smallint,
  debt_class      text,
  payoff_cents    bigint,                           -- signed change of what is owed
  current_cents   bigint,                           -- signed change of what is asked for now
  primary key (customer_id, entry_id, line_number),
  foreign key (customer_id, entry_id) references journal_entry,
  check (debit_code <> credit_code),
  check (num_nulls(agreement_id, account_number, debt_class, payoff_cents, current_cents) in (0, 5)),
  check (payoff_cents is null or abs(payoff_cents) = amount_cents)
);
create index posting_agreement on posting (customer_id, agreement_id) where agreement_id is not null;
