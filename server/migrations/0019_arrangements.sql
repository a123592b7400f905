-- How a debt is paid over time: budgets, deposits, arrangements on the bill, promises of payments.

create table payment_contract (
  customer_id     bigint not null references customer,
  contract_number int not null check (contract_number between 1 and 9999),
  kind            text not null check (kind in ('budget', 'deposit', 'arrangement', 'promise')),
  account_number  smallint not null,                -- of the day on which it was made
  agreement_id    int,                              -- the agreement that holds its money: of a deposit or an arrangement
  covers_agreement_id int,                          -- the one service it is about; absent: the whole account
  status          text not null check (status in ('active', 'kept', 'broken', 'ended', 'cancelled')),
  start_date      date not null,
  end_date        date check (end_date >= start_date),
  end_reason      text,
  amount_cents    bigint check (amount_cents > 0),  -- promised, arranged or required; a budget's are by agreement
  debt_classes    text[],                           -- what a promise is about; absent: every debt class
  requested_by    text,
  note            text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, contract_number),
  foreign key (customer_id, account_number) references billing_account,
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, covers_agreement_id) references agreement (customer_id, agreement_id),
  check ((status = 'active') = (end_date is null)),
  check ((kind = 'budget') = (amount_cents is null))
);
create index payment_contract_active on payment_contract (customer_id, kind) where status = 'active';
create unique index payment_contract_agreement on payment_contract (customer_id, agreement_id) where agreement_id is not null;

-- One part of an arrangement, a deposit or a promise. Changed ones are cancelled and written anew.
create table contract_instalment (
  customer_id       bigint not null,
  contract_number   int not null,
  instalment_number smallint not null,
  due_date          date,                           -- absent: asked with a bill, one a month
  amount_cents      bigint not null check (amount_cents > 0),
  cancelled         boolean not null default false,
  primary key (customer_id, contract_number, instalment_number),
  foreign key (customer_id, contract_number) references payment_contract
);

-- What a contract asked for (above zero) or put off (below) of an agreement: one journal entry each.
create table contract_ask (
  customer_id     bigint not null,
  ask_number      int not null,
  contract_number int not null,
  agreement_id    int not null,
  kind            text not null check (kind in ('put_off', 'month', 'true_up', 'instalment', 'release', 'taken_back', 'refund')),
  amount_cents    bigint not null,
  asked_on        date not null,
  due_date        date,
  bill_id         int,
  instalment_number smallint,
  months          smallint,                         -- of a budget: how many it is for
  charged_cents   bigint,                           -- of a budget: what the bill charged
  text            jsonb,                            -- {en, es}: what the bill that asks says; absent: not asked by a bill
  entry_id        int,                              -- absent: nothing moved
  cancel_entry_id int,
  undone          boolean not null default false,   -- the bill that asked was taken back
  primary key (customer_id, ask_number),
  foreign key (customer_id, contract_number) references payment_contract,
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, entry_id) references journal_entry (customer_id, entry_id),
  check ((amount_cents = 0) = (entry_id is null)),
  check (cancel_entry_id is null or (undone and entry_id is not null))
);
create index contract_ask_contract on contract_ask (customer_id, contract_number);
create index contract_ask_bill on contract_ask (customer_id, bill_id) where bill_id is not null;
create unique index contract_ask_instalment_once on contract_ask (customer_id, contract_number, instalment_number)
  where instalment_number is not null and not undone;

create table budget_plan (
  customer_id     bigint not null,
  contract_number int not null,
  months          smallint not null check (months between 1 and 24),
  true_up         text not null check (true_up in ('roll', 'settle')),
  previous_number int,                              -- the plan that it continues
  primary key (customer_id, contract_number),
  foreign key (customer_id, contract_number) references payment_contract
);

-- What a budget asks for an agreement each month, from, to.
create table budget_amount (
  customer_id     bigint not null,
  contract_number int not null,
  agreement_id    int not null,
  start_date      date not null,
  end_date        date check (end_date >= start_date),
  amount_cents    bigint not null check (amount_cents >= 0),
  primary key (customer_id, contract_number, agreement_id, start_date),
  foreign key (customer_id, contract_number) references budget_plan,
  foreign key (customer_id, agreement_id) references agreement
);
-- An agreement is on one budget at a time.
create unique index budget_amount_live on budget_amount (customer_id, agreement_id) where end_date is null;

create table deposit (
  customer_id     bigint not null,
  contract_number int not null,
  form            text not null check (form in ('cash', 'guarantor', 'letter_of_credit', 'surety_bond')),
  reason          text not null check (reason in ('new_service', 'credit', 'disconnected', 'bankruptcy', 'other')),
  interest_from   date,                             -- interest is credited up to this day (exclusive)
  guarantor_customer_id bigint,
  evidence        text,                             -- document that secures it without money
  valid_until     date,
  primary key (customer_id, contract_number),
  foreign key (customer_id, contract_number) references payment_contract,
  check ((form = 'cash') = (interest_from is not null))
);

create table deposit_interest (
  customer_id     bigint not null,
  contract_number int not null,
  interest_number smallint not null,
  start_date      date not null,
  end_date        date not null check (end_date > start_date),
  amount_cents    bigint not null check (amount_cents >= 0),
  agreement_id    int,                              -- which it was credited to
  entry_id        int,
  spans           jsonb not null,                   -- [{start, end, heldCents, yearlyPercent}]
  primary key (customer_id, contract_number, interest_number),
  foreign key (customer_id, contract_number) references deposit,
  foreign key (customer_id, entry_id) references journal_entry (customer_id, entry_id),
  check ((amount_cents = 0) = (entry_id is null))
);

-- The interest that deposits earn, dated by law or tariff.
create table deposit_rate (
  client_id       int not null references client,
  start_date      date not null,
  yearly_percent  numeric(9, 6) not null check (yearly_percent between 0 and 100),
  primary key (client_id, start_date)
);
