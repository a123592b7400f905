-- The books of a client: governing agencies, general ledgers and their account strings, periods that close, balances that
-- a close freezes, and what was exported to another system.

-- Whose chart an account belongs to: the company itself, a city, a commission.
create table governing_agency (
  client_id       int not null references client,
  agency_id       smallint not null check (agency_id between 1 and 9999),
  name            text not null,
  primary key (client_id, agency_id)
);

-- An account of the system that the books are exported to. Ledger accounts are summed up in it.
create table general_ledger (
  client_id       int not null,
  agency_id       smallint not null,
  general_ledger_id int not null check (general_ledger_id between 1 and 9999999),
  name            text not null,
  primary key (client_id, agency_id, general_ledger_id),
  foreign key (client_id, agency_id) references governing_agency
);

-- How that system writes the account, for accounting dates from a day on.
create table general_ledger_string (
  client_id       int not null,
  agency_id       smallint not null,
  general_ledger_id int not null,
  start_date      date not null,
  account_string  text not null check (account_string <> ''),
  primary key (client_id, agency_id, general_ledger_id, start_date),
  foreign key (client_id, agency_id, general_ledger_id) references general_ledger
);

insert into governing_agency select client_id, 1, 'Company' from client;
insert into general_ledger
select client_id, 1, g.id, g.name from client,
  (values (1, 'Assets'), (2, 'Liabilities'), (3, 'Revenue'), (4, 'Expenses'), (5, 'Clearing')) as g(id, name);
insert into general_ledger_string
select client_id, agency_id, general_ledger_id, '1900-01-01', (general_ledger_id * 1000)::text from general_ledger;

alter table ledger_account drop column governing_agency;
alter table ledger_account add column account_number int;
alter table ledger_account add column agency_id smallint not null default 1;
alter table ledger_account add column general_ledger_id int;
alter table ledger_account add column active boolean not null default true;

-- Clients from before have the accounts that every client's books begin with now.
insert into ledger_account (client_id, ledger_code, name, kind, control)
select client_id, a.* from client,
  (values ('deposit_receivable', 'Deposits asked for', 'asset', true),
          ('deferred_receivable', 'Receivables not asked for yet', 'asset', false),
          ('unapplied_cash', 'Unapplied cash', 'liability', false),
          ('refunds_payable', 'Refunds payable', 'liability', false),
          ('write_off_allowance', 'Allowance for receivables written off', 'asset', false),
          ('write_off_recovery', 'Bad debt recovered', 'expense', false),
          ('interest_expense', 'Interest on deposits', 'expense', false),
          ('small_balance', 'Small balances written up and down', 'revenue', false),
          ('revenue_fee', 'Revenue: fees', 'revenue', false),
          ('revenue_late_fee', 'Revenue: late fees', 'revenue', false)) as a(code, name, kind, control)
on conflict do nothing;

update ledger_account a set account_number = n.number,
       general_ledger_id = case a.kind when 'asset' then 1 when 'liability' then 2 when 'revenue' then 3 when 'expense' then 4 else 5 end
  from (select client_id, ledger_code, row_number() over (partition by client_id order by ledger_code) as number
          from ledger_account) n
 where n.client_id = a.client_id and n.ledger_code = a.ledger_code;
alter table ledger_account alter column account_number set not null;
alter table ledger_account alter column general_ledger_id set not null;
alter table ledger_account add constraint ledger_account_number unique (client_id, account_number);
alter table ledger_account add check (account_number between 1 and 9999999);
alter table ledger_account add foreign key (client_id, agency_id, general_ledger_id) references general_ledger;

-- Until now no command closed a period.
delete from accounting_period;
alter table accounting_period add column period_code text not null; -- 2026-01: the first month of fiscal year 2026
alter table accounting_period add constraint accounting_period_code unique (client_id, period_code);
alter table accounting_period add column closed_at timestamptz;
alter table accounting_period add constraint accounting_period_closing check ((closed_at is not null) = (status = 'closed'));
alter table accounting_period add column exported boolean not null default false;  -- with all that was in it when it closed

-- What every account was moved by before the end of a closed period: frozen by the close, so that a balance of a later
-- day needs only what came since.
create table ledger_balance (
  client_id       int not null,
  end_date        date not null,
  ledger_code     text not null,
  debit_cents     bigint not null,
  credit_cents    bigint not null,
  primary key (client_id, end_date, ledger_code)
);

-- One batch of entries for another system. Never changed: the same batch is always the same file.
create table journal_export (
  client_id       int not null references client,
  batch_number    int not null,
  through_date    date not null,                    -- entries up to and with this accounting date, not exported before
  entries         int not null check (entries > 0),
  amount_cents    bigint not null,                  -- of all debits, and of all credits
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (client_id, batch_number)
);

-- The key lets an entry be in one batch only.
create table journal_export_entry (
  customer_id     bigint not null,
  entry_id        int not null,
  batch_number    int not null,
  primary key (customer_id, entry_id)
);
create index journal_export_entry_batch on journal_export_entry ((customer_id / 100000000), batch_number, customer_id, entry_id);

-- What a batch moved on an account on a day, and how the other system wrote that account then.
create table journal_export_line (
  client_id       int not null,
  batch_number    int not null,
  accounting_date date not null,
  ledger_code     text not null,
  account_string  text not null,
  debit_cents     bigint not null,
  credit_cents    bigint not null,
  primary key (client_id, batch_number, accounting_date, ledger_code),
  foreign key (client_id, batch_number) references journal_export
);

drop index journal_entry_accounting_date;
create index journal_entry_accounting_date on journal_entry ((customer_id / 100000000), accounting_date);

-- Who posts holds a client's books open until its transaction ends; who closes them waits for all of those. The day
-- from which on may be posted is read after the lock, which only a function of its own snapshots does in one call.
create function books_open_from(of_client int) returns date
language plpgsql volatile set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('books'), of_client);
  return (select max(end_date) from accounting_period where client_id = of_client and status = 'closed');
end $$;
grant execute on function books_open_from(int) to billwright_server;

revoke update on ledger_balance, journal_export, journal_export_entry, journal_export_line from billwright_server;
grant delete on ledger_balance to billwright_server;
