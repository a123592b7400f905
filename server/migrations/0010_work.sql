-- Something a person must look at.

create table work_item (
  client_id       int not null,
  item_id         bigint generated always as identity,
  kind            text not null,                    -- bill_held, usage_refused, plan_missing
  subject         text not null,                    -- agreement:100000042-10001
  customer_id     bigint,
  reason_code     text not null,
  reason          text not null,                    -- one sentence: what, with its numbers
  remedy          text not null,                    -- one sentence: what to do now
  detail          jsonb not null default '{}',
  status          text not null check (status in ('open', 'done', 'cancelled')),
  priority        smallint not null default 3 check (priority between 1 and 5),
  assigned_to     text,
  due_date        date,
  run_id          int,
  created_at      timestamptz not null,
  closed_at       timestamptz,
  closed_by       text,
  primary key (client_id, item_id)
);
-- The same trouble is reported once until somebody has dealt with it.
create unique index work_item_open_once on work_item (client_id, kind, subject, reason_code) where status = 'open';
create index work_item_customer on work_item (customer_id) where customer_id is not null;
