-- How customers pay without cash: tokenised methods, autopay, payments asked of a gateway, hosted pages.

-- What a client's contract with a gateway needs: plain settings beside secrets sealed with the installation's key.
create table gateway_account (
  client_id       int not null references client,
  gateway         text not null,                    -- sandbox, stripe, worldpay, chase
  status          text not null check (status in ('active', 'off')),
  settings        jsonb not null,
  sealed_secrets  bytea not null,
  updated_at      timestamptz not null,
  updated_by      text not null,
  primary key (client_id, gateway)
);

-- A customer's card or bank account as the gateway knows it. Numbers of cards and accounts never enter.
create table payment_method (
  customer_id     bigint not null references customer,
  method_number   smallint not null,
  kind            text not null check (kind in ('bank', 'card')),
  gateway         text not null,
  sealed_token    bytea not null,
  last_four       text not null check (last_four ~ '^[0-9]{4}$'),
  brand           text,                             -- of a card: visa, mastercard
  routing_number  text check (routing_number ~ '^[0-9]{9}$'),
  account_type    text check (account_type in ('checking', 'savings')),
  holder_name     text not null,
  nickname        text not null,
  expires_on      date,                             -- the first day on which a card is no longer valid
  verification    text not null check (verification in ('unverified', 'verified', 'failed')),
  is_default      boolean not null default false,
  status          text not null check (status in ('active', 'retired')),
  created_at      timestamptz not null,
  created_by      text not null,
  retired_at      timestamptz,
  primary key (customer_id, method_number),
  check ((kind = 'bank') = (routing_number is not null)),
  check ((status = 'retired') = (retired_at is not null) and not (is_default and status = 'retired'))
);
create unique index payment_method_one_default on payment_method (customer_id) where is_default;

-- Which method pays the bills of an account from, to. A method may be another customer's: who pays for a relative.
create table autopay (
  customer_id        bigint not null,
  autopay_number     smallint not null,
  account_number     smallint not null,
  payer_customer_id  bigint not null,               -- whose method it is
  method_number      smallint not null,
  start_date         date not null,
  end_date           date check (end_date >= start_date),
  draw_rule          text not null check (draw_rule in ('due_date', 'days_before', 'fixed_day')),
  draw_days          smallint check (draw_days between 1 and 28),  -- days before, or the day of the month
  limit_cents        bigint check (limit_cents > 0),
  returns            smallint not null default 0,   -- draws that came back since the last good one
  suspended_at       timestamptz,
  suspend_reason     text,
  created_at         timestamptz not null,
  created_by         text not null,
  primary key (customer_id, autopay_number),
  foreign key (customer_id, account_number) references billing_account,
  check ((draw_rule = 'due_date') = (draw_days is null)),
  exclude using gist (customer_id with =, account_number with =, daterange(start_date, end_date) with &&)
);
create index autopay_method on autopay (payer_customer_id, method_number);

-- A payment that a gateway is to be asked for: staged by autopay, scheduled, or wanted now.
create table payment_request (
  customer_id        bigint not null,
  request_number     int not null,
  account_number     smallint not null,
  origin             text not null check (origin in ('autopay', 'scheduled', 'once')),
  autopay_number     smallint,
  payer_customer_id  bigint not null,
  method_number      smallint not null,
  bill_id            int,
  draw_date          date not null,
  amount_cents       bigint check (amount_cents > 0),  -- absent: what is asked for on the day
  status             text not null check (status in
                       ('waiting', 'drawing', 'unposted', 'paid', 'returned', 'refunded', 'declined', 'held', 'cancelled')),
  reason             text,
  event_number       int,                           -- the payment event on the payer's file
  created_at         timestamptz not null,
  created_by         text not null,
  primary key (customer_id, request_number),
  foreign key (customer_id, account_number) references billing_account,
  check ((status in ('paid', 'returned', 'refunded')) = (event_number is not null))
);
create index payment_request_due on payment_request (draw_date, customer_id) where status = 'waiting';
create index payment_request_open on payment_request (customer_id) where status in ('drawing', 'unposted');
create index payment_request_event on payment_request (payer_customer_id, event_number) where event_number is not null;
create unique index payment_request_of_bill on payment_request (customer_id, bill_id)
  where origin = 'autopay' and status <> 'cancelled';

-- What a gateway was asked, written before it is asked, so that an answer that is lost is asked for again.
create table payment_attempt (
  customer_id        bigint not null,
  request_number     int not null,
  attempt_number     smallint not null,
  act                text not null check (act in ('charge', 'refund')),
  gateway            text not null,
  idempotency_key    text not null,
  amount_cents       bigint not null check (amount_cents > 0),
  status             text not null check (status in ('sent', 'accepted', 'declined', 'refused')),
  gateway_reference  text,
  decline_code       text,
  message            text,
  sent_at            timestamptz not null,
  answered_at        timestamptz,
  primary key (customer_id, request_number, attempt_number),
  unique (customer_id, idempotency_key),
  foreign key (customer_id, request_number) references payment_request,
  check ((status = 'sent') = (answered_at is null)),
  check ((status = 'accepted') <= (gateway_reference is not null))
);
create unique index payment_attempt_accepted_once on payment_attempt (customer_id, request_number, act)
  where status = 'accepted';
create index payment_attempt_open on payment_attempt (sent_at, customer_id) where status = 'sent';

-- A visit to a gateway's own payment page.
create table hosted_session (
  customer_id        bigint not null,
  session_number     int not null,
  account_number     smallint not null,
  gateway            text not null,
  idempotency_key    text not null,
  gateway_reference  text,                          -- absent until the gateway has answered
  amount_cents       bigint not null check (amount_cents > 0),
  save_method        boolean not null,
  return_url         text not null,
  status             text not null check (status in ('opening', 'open', 'unposted', 'paid', 'declined', 'cancelled', 'expired')),
  reason             text,
  event_number       int,
  method_number      smallint,
  expires_at         timestamptz not null,
  created_at         timestamptz not null,
  created_by         text not null,
  primary key (customer_id, session_number),
  unique (customer_id, idempotency_key),
  foreign key (customer_id, account_number) references billing_account,
  check ((status = 'paid') = (event_number is not null))
);
create index hosted_session_unpaid on hosted_session (created_at, customer_id) where status <> 'paid';

-- The sandbox gateway's own books: it stands for a company outside, which never forgets what it was asked.
create table sandbox_charge (
  client_id        int not null references client,
  idempotency_key  text not null,
  charge_id        text not null,
  token            text not null,
  amount_cents     bigint not null,
  status           text not null check (status in ('accepted', 'declined', 'returned', 'refunded')),
  code             text,
  return_on        date,                            -- a bank account that will turn out to be empty
  told_at          timestamptz,
  created_at       timestamptz not null,
  primary key (client_id, idempotency_key),
  unique (client_id, charge_id)
);

create table sandbox_session (
  client_id        int not null references client,
  session_id       text not null,                   -- 160 random bits: who has the address may pay
  idempotency_key  text not null,
  description      text not null,
  payee            text not null,
  amount_cents     bigint not null,
  currency         text not null,
  language         text not null check (language in ('en', 'es')),
  save_method      boolean not null,
  return_url       text not null,
  status           text not null check (status in ('open', 'paid', 'declined', 'cancelled')),
  token            text,
  charge_id        text,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  primary key (client_id, session_id),
  unique (client_id, idempotency_key)
);
create unique index sandbox_session_address on sandbox_session (session_id);
