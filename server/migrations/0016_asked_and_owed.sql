-- What is owed and what is asked for now may differ; the day's work, events and reference data of the money modules.

alter default privileges in schema public grant select, insert, update on tables to billwright_server;
alter default privileges in schema public grant usage on sequences to billwright_server;

-- A deferral moves an amount between the control account (asked for now) and its deferral account (owed, not asked for).
alter table posting drop constraint posting_check2;
alter table posting add constraint posting_owed_and_asked check (
  payoff_cents is null or (abs(current_cents) = amount_cents and payoff_cents in (current_cents, 0)));

alter table open_item add column deferred boolean not null default false;   -- owed or held, not asked for now
alter table open_item drop constraint open_item_customer_id_entry_id_agreement_id_key;
alter table open_item add constraint open_item_of_entry unique (customer_id, entry_id, agreement_id, deferred);

update ledger_account set control = false, name = 'Customer deposits held' where ledger_code = 'deposit';
delete from ledger_account where ledger_code = 'budget_variance';

-- What kind of debt an agreement makes, and in which order money pays it: 1 first.
create table debt_class (
  client_id       int not null references client,
  debt_class      text not null,
  name            text not null,
  pay_priority    smallint not null check (pay_priority between 1 and 99),
  primary key (client_id, debt_class)
);

-- Days beside weekends on which the client's offices and banks are closed.
create table office_holiday (
  client_id       int not null references client,
  holiday         date not null,
  name            text not null,
  primary key (client_id, holiday)
);

-- How far the recurring work of each business day is done.
create table daily_step (
  client_id       int not null references client,
  step            text not null,
  done_through    date not null,
  primary key (client_id, step)
);

-- A subscriber that meets a fault tries again, later each time; then the event is set aside as a work item.
alter table outbox_event add column attempts smallint not null default 0;
alter table outbox_event add column retry_at timestamptz;
