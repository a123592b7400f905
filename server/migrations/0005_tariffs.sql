-- Tariffs (pricing plans), stored and versioned; calendars and bill factors. Reference tables.

create table tariff (
  client_id       int not null references client,
  tariff_id       int not null check (tariff_id between 1 and 99999999),
  code            text not null,
  name            jsonb not null,                   -- {en, es}
  company_id      smallint not null,
  service_kind    text not null check (service_kind in ('electricity', 'gas', 'water', 'lighting')),
  customer_class  text,
  status          text not null check (status in ('draft', 'active', 'closed')),
  primary key (client_id, tariff_id),
  unique (client_id, code),
  foreign key (client_id, company_id) references company
);

-- The whole text of a version is one document: see domain/tariffs. Approved versions never change.
create table tariff_version (
  client_id       int not null,
  tariff_id       int not null,
  version         smallint not null check (version > 0),
  effective_from  date not null,
  effective_to    date check (effective_to > effective_from),
  status          text not null check (status in ('draft', 'approved', 'withdrawn')),
  document        jsonb not null,
  sha256          bytea not null,
  created_at      timestamptz not null,
  primary key (client_id, tariff_id, version),
  foreign key (client_id, tariff_id) references tariff,
  exclude using gist (client_id with =, tariff_id with =, daterange(effective_from, effective_to) with &&)
    where (status = 'approved')
);

-- A dated value outside the tariff text: fuel, tax, rider.
create table bill_factor (
  client_id       int not null references client,
  factor_code     text not null,
  name            jsonb not null,
  kind            text not null check (kind in ('unit_rate', 'charge', 'percent')),
  primary key (client_id, factor_code)
);

create table bill_factor_value (
  client_id       int not null,
  factor_code     text not null,
  characteristic  text not null default '',         -- zone, jurisdiction; '' when the factor has none
  effective_from  date not null,
  effective_to    date check (effective_to > effective_from),
  value           numeric not null,
  primary key (client_id, factor_code, characteristic, effective_from),
  foreign key (client_id, factor_code) references bill_factor,
  exclude using gist (client_id with =, factor_code with =, characteristic with =,
    daterange(effective_from, effective_to) with &&)
);

create table holiday (
  client_id       int not null references client,
  calendar_code   text not null,
  day             date not null,
  name            jsonb not null,
  primary key (client_id, calendar_code, day)
);
