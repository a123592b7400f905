-- Usage: the billable quantities of an agreement for a period.

create table usage (
  customer_id     bigint not null,
  usage_id        int not null,
  agreement_id    int not null,
  start_date      date not null,
  end_date        date not null check (end_date > start_date),
  source          text not null check (source in ('measured', 'market', 'posted')),
  status          text not null check (status in ('incomplete', 'exception', 'ready', 'charged', 'cancelled', 'superseded')),
  estimated       boolean not null default false,
  as_of           timestamptz not null,             -- measurements known at this moment were used
  created_at      timestamptz not null,
  primary key (customer_id, usage_id),
  foreign key (customer_id, agreement_id) references agreement,
  exclude using gist (customer_id with =, agreement_id with =, daterange(start_date, end_date) with &&)
    where (status in ('ready', 'charged'))
);

create table usage_quantity (
  customer_id     bigint not null,
  usage_id        int not null,
  line_number     smallint not null,
  loop            text not null default '',         -- product transfer type of the market, '' when none
  unit            text not null,
  tou_code        text not null default '',
  kind            text not null default '',         -- SQI: '' consumption, 'max' peak, 'billed' ...
  quantity        bigint not null,                  -- integer of unit x 10^-scale
  scale           smallint not null,
  meter_badge     text,
  begin_reading   bigint,
  end_reading     bigint,
  estimated       boolean not null default false,
  primary key (customer_id, usage_id, line_number),
  foreign key (customer_id, usage_id) references usage
);

-- The exact measurements a usage was made of, by version.
create table usage_source (
  customer_id      bigint not null,
  usage_id         int not null,
  source_number    smallint not null,
  service_point_id bigint not null,
  series_number    smallint not null,
  sign             smallint not null,
  percent          numeric(7, 4) not null,
  start_day        date not null,
  end_day          date not null,
  block_versions   smallint[],                      -- one a day from start_day; null: version 1 throughout
  primary key (customer_id, usage_id, source_number),
  foreign key (customer_id, usage_id) references usage
);
create index usage_source_series on usage_source (service_point_id, series_number, start_day);
