-- Agreements: terms and money. agreement_id = set number x 10^4 + number inside the set.

create table agreement (
  customer_id     bigint not null references customer,
  agreement_id    int not null check (agreement_id between 10001 and 999999),
  set_number      smallint generated always as ((agreement_id / 10000)::smallint) stored,
  number          smallint generated always as ((agreement_id % 10000)::smallint) stored,
  account_number  smallint not null,
  kind            text not null check (kind in ('service', 'deposit', 'arrangement', 'overpayment', 'write_off', 'item')),
  service_kind    text check (service_kind in ('electricity', 'gas', 'water', 'lighting')),
  company_id      smallint not null,
  status          text not null check (status in ('incomplete', 'pending_start', 'active', 'pending_stop', 'stopped',
                    'closed', 'reopened', 'cancelled')),
  start_date      date not null,
  end_date        date check (end_date > start_date),
  premise_id      bigint,
  revenue_class   text not null default 'residential',
  debt_class      text not null default 'regulated',
  bill_method     text not null default 'utility' check (bill_method in ('utility', 'bill_ready', 'rate_ready', 'dual')),
  external_account text,                            -- the utility's number for it
  created_at      timestamptz not null,
  primary key (customer_id, agreement_id),
  foreign key (customer_id, set_number) references customer_set,
  foreign key (customer_id, account_number) references billing_account,
  check ((kind = 'service') = (service_kind is not null))
);
create index agreement_account on agreement (customer_id, account_number);
create index agreement_premise on agreement (premise_id) where premise_id is not null;

-- A service point serving an agreement, from, to, with sign and percent.
create table agreement_point (
  customer_id      bigint not null,
  agreement_id     int not null,
  point_number     smallint not null,
  service_point_id bigint not null,
  start_date       date not null,
  end_date         date check (end_date > start_date),
  sign             smallint not null default 1 check (sign in (-1, 1)),
  percent          numeric(7, 4) not null default 100 check (percent > 0 and percent <= 100),
  primary key (customer_id, agreement_id, point_number),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, service_point_id with =,
    daterange(start_date, end_date) with &&)
);
create index agreement_point_service_point on agreement_point (service_point_id);

-- The plan of an agreement from, to.
create table plan_assignment (
  customer_id       bigint not null,
  agreement_id      int not null,
  assignment_number smallint not null check (assignment_number between 1 and 99),
  tariff_id         int not null,
  start_date        date not null,
  end_date          date check (end_date > start_date),
  primary key (customer_id, agreement_id, assignment_number),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, daterange(start_date, end_date) with &&)
);

-- Typed, dated facts that rating asks for: contract_kw, baseline_zone, heat_source.
create table agreement_fact (
  customer_id     bigint not null,
  agreement_id    int not null,
  fact_code       text not null,
  start_date      date not null,
  end_date        date check (end_date > start_date),
  value           jsonb not null,
  primary key (customer_id, agreement_id, fact_code, start_date),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, fact_code with =, daterange(start_date, end_date) with &&)
);

create table exemption (
  customer_id      bigint not null,
  agreement_id     int not null,
  exemption_number smallint not null,
  kind             text not null check (kind in ('tax', 'late_fee', 'collections', 'life_support')),
  tax_category     text,
  share            numeric(5, 4) not null default 1 check (share between 0 and 1),
  certificate      text,
  start_date       date not null,
  end_date         date check (end_date > start_date),
  primary key (customer_id, agreement_id, exemption_number),
  foreign key (customer_id, agreement_id) references agreement
);

-- A dated market fact.
create table market_detail (
  customer_id     bigint not null,
  agreement_id    int not null,
  detail_number   smallint not null,
  kind            text not null,
  value           text not null,
  status          text not null,
  start_date      date not null,
  end_date        date check (end_date > start_date),
  primary key (customer_id, agreement_id, detail_number),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, kind with =, daterange(start_date, end_date) with &&)
);

-- Cooling off, bankruptcy, write-off, hold: dated flags beside the life cycle.
create table agreement_flag (
  customer_id     bigint not null,
  agreement_id    int not null,
  flag            text not null check (flag in ('cooling_off', 'bankruptcy', 'write_off', 'hold')),
  start_date      date not null,
  end_date        date check (end_date > start_date),
  reason          text not null,
  primary key (customer_id, agreement_id, flag, start_date),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, flag with =, daterange(start_date, end_date) with &&)
);
