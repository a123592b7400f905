-- Payments: their life cycle, money of nobody yet, tills and deposits, files of payments, money out.

alter table tender drop constraint tender_method_check;
alter table tender drop constraint tender_status_check;
alter table tender add constraint tender_method check (
  method in ('cash', 'check', 'money_order', 'ach', 'card', 'wire', 'remittance', 'other'));
alter table tender add constraint tender_status check (status in ('valid', 'cancelled', 'deleted'));
alter table tender add column control_id int;          -- the till or batch it was counted in
alter table tender add column cancelled_on date;
alter table tender add column return_code text;        -- why the bank sent it back: R01
create index tender_control_id on tender (control_id, customer_id) where control_id is not null;
create index tender_reference on tender (reference, customer_id) where reference is not null;

alter table payment alter column account_number drop not null;   -- null: unapplied, on the client's own file
alter table payment alter column entry_id drop not null;         -- null: not posted yet
alter table payment drop constraint payment_status_check;
alter table payment add constraint payment_status check (
  status in ('incomplete', 'error', 'freezable', 'frozen', 'cancelled', 'deleted'));
alter table payment add column target_kind text
  check (target_kind in ('bill', 'charge', 'agreement', 'item', 'payoff'));   -- null: what the account owes
alter table payment add column target_id int;
alter table payment add column error_code text;
alter table payment add column error_text text;
alter table payment add column cancelled_on date;
alter table payment add column cancel_reason text;
alter table payment add column replaces_customer_id bigint;      -- the cancelled payment whose money this is
alter table payment add column replaces_payment_number int;
alter table payment add constraint payment_posted check ((entry_id is not null) = (status in ('frozen', 'cancelled')));
alter table payment add constraint payment_named check ((target_kind is null) = (target_id is null));
create index payment_of_event on payment (payer_customer_id, event_number);

-- What goes to the bank together.
create table deposit_control (
  client_id       int not null references client,
  deposit_id      int not null,
  bank_account    text not null,
  status          text not null check (status in ('open', 'balanced')),
  opened_at       timestamptz not null,
  opened_by       text not null,
  balanced_at     timestamptz,
  balanced_by     text,
  expected_cents  bigint,                           -- as counted when balanced
  primary key (client_id, deposit_id)
);

-- A till or a batch of tenders that one person counts.
create table tender_control (
  client_id       int not null references client,
  control_id      int not null,
  deposit_id      int,
  kind            text not null check (kind in ('till', 'batch')),
  name            text not null,
  status          text not null check (status in ('open', 'balanced')),
  opened_at       timestamptz not null,
  opened_by       text not null,
  balanced_at     timestamptz,
  balanced_by     text,
  expected_cents  bigint,                           -- as counted when balanced
  expected_tenders int,
  primary key (client_id, control_id),
  foreign key (client_id, deposit_id) references deposit_control
);

-- A bank's file of payments or returns: taken once, row by row.
create table remittance_file (
  client_id       int not null references client,
  file_id         int not null,
  format          text not null check (format in ('lockbox', 'nacha')),
  file_name       text not null,
  sender          text not null,
  sender_file_id  text not null,
  content_hash    bytea not null,
  status          text not null check (status in ('loading', 'complete')),
  row_count       int not null,
  amount_cents    bigint not null,                  -- of the rows whose amount can be read
  loaded_by       text not null,
  started_at      timestamptz not null,
  finished_at     timestamptz,
  primary key (client_id, file_id),
  unique (client_id, content_hash),
  unique (client_id, format, sender, sender_file_id)
);

create table remittance_row (
  client_id         int not null,
  file_id           int not null,
  row_number        int not null,
  line_number       int not null,
  kind              text not null check (kind in ('payment', 'return', 'change')),
  status            text not null check (status in ('pending', 'posted', 'suspended', 'rejected', 'resolved', 'dropped')),
  account_text      text not null default '',
  amount_cents      bigint,
  payment_date      date,
  method            text,
  reference         text,
  return_code       text,
  reason_code       text,
  reason            text,
  customer_id       bigint,                         -- where the money went
  payment_number    int,
  payer_customer_id bigint,
  event_number      int,
  resolved_by       text,
  resolved_at       timestamptz,
  primary key (client_id, file_id, row_number),
  foreign key (client_id, file_id) references remittance_file
);
create index remittance_row_open on remittance_row (client_id, file_id, row_number)
  where status in ('pending', 'suspended', 'rejected');

-- Money out: a check asked of accounts payable.
create table disbursement (
  customer_id         bigint not null references customer,
  disbursement_number int not null,
  account_number      smallint,                     -- null: unapplied money sent back
  agreement_id        int,
  payment_number      int,                          -- the unapplied payment that is sent back
  amount_cents        bigint not null check (amount_cents > 0),
  status              text not null check (status in ('requested', 'hold', 'paid', 'cancelled', 'stopped')),
  payee_name          text not null,
  address             jsonb not null,
  reason              text not null,
  entry_id            int not null,                 -- credit -> refunds payable
  paid_entry_id       int,                          -- refunds payable -> cash, of the last check
  check_number        text,
  requested_on        date not null,
  paid_on             date,
  ended_on            date,
  requested_by        text not null,
  created_at          timestamptz not null,
  primary key (customer_id, disbursement_number),
  foreign key (customer_id, entry_id) references journal_entry,
  foreign key (customer_id, paid_entry_id) references journal_entry,
  check (num_nulls(agreement_id, payment_number) = 1),
  check ((status = 'paid') <= (check_number is not null and paid_entry_id is not null))
);
create index disbursement_open on disbursement (customer_id, disbursement_number) where status in ('requested', 'hold', 'stopped');
create unique index disbursement_payment on disbursement (customer_id, payment_number) where status <> 'cancelled';
