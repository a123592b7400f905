-- Work at a place; what is done about debt that is not paid.

-- One piece of field work. A guarded one (a cut) is only dispatched by whoever answers for it.
create table field_activity (
  client_id       int not null references client,
  activity_id     bigint generated always as identity,
  kind            text not null check (kind in ('read', 'connect', 'disconnect', 'reconnect', 'meter_exchange',
                    'remove_meter', 'investigate')),
  premise_id      bigint not null,
  service_point_id bigint,
  customer_id     bigint,
  agreement_id    int,
  status          text not null check (status in ('pending', 'scheduled', 'dispatched', 'held', 'completed', 'cancelled')),
  guarded         boolean not null default false,
  cause           text not null,                    -- who asked: severance:100000042-3
  requested_for   date not null,
  window_start    timestamptz,                      -- appointment, half-open
  window_end      timestamptz check (window_end > window_start),
  crew            text,
  instructions    text not null default '',
  hold_reason     text,
  external_id     text,                             -- the field system's own number
  dispatched_at   timestamptz,
  completed_at    timestamptz,                      -- when it was done, as the field says
  result          jsonb,                            -- {outcome, reads, remarks}
  cancel_reason   text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (client_id, activity_id),
  check ((window_start is null) = (window_end is null)),
  check ((agreement_id is null) or (customer_id is not null)),
  check ((status = 'completed') = (completed_at is not null)),
  check ((status = 'completed') = (result is not null)),
  check ((status = 'cancelled') = (cancel_reason is not null)),
  check ((status = 'held') = (hold_reason is not null))
);
create unique index field_activity_once on field_activity (client_id, cause, kind)
  where status <> 'cancelled' and result ->> 'outcome' is distinct from 'not_possible';
create unique index field_activity_external on field_activity (client_id, external_id) where external_id is not null;
create index field_activity_point on field_activity (service_point_id) where service_point_id is not null;
create index field_activity_customer on field_activity (customer_id) where customer_id is not null;
create index field_activity_open on field_activity (client_id, requested_for)
  where status in ('pending', 'scheduled', 'dispatched', 'held');

-- What is done about debt of some kind, in dated steps.
create table collection_path (
  client_id       int not null references client,
  path_code       text not null,
  name            text not null,
  stage           text not null check (stage in ('served', 'stopped')),   -- debt of agreements that have service, or had it
  customer_classes text[] not null,                 -- empty: all
  debt_classes    text[] not null,                  -- empty: all
  priority        smallint not null check (priority between 1 and 99),    -- the lowest whose criteria hold is taken
  min_days_past_due int not null check (min_days_past_due >= 0),
  min_amount_cents bigint not null check (min_amount_cents > 0),
  release_amount_cents bigint not null check (release_amount_cents >= 0), -- it stops when no more than this is past due
  restart_days    int not null check (restart_days >= 0),  -- after its end, before it may begin again
  active          boolean not null default true,
  primary key (client_id, path_code),
  check (release_amount_cents < min_amount_cents)
);

create table collection_path_step (
  client_id       int not null,
  path_code       text not null,
  step_number     smallint not null check (step_number between 1 and 99),
  kind            text not null check (kind in ('reminder', 'notice', 'call', 'arrangement_offer', 'disconnect_notice',
                    'cut', 'final_bill', 'agency_referral', 'write_off', 'credit_rating', 'fee')),
  counts_from     text not null check (counts_from in ('start', 'step')),
  after_step      smallint check (after_step < step_number),  -- the step it waits for; null: the one before
  days            int not null check (days between 0 and 999),
  work_days       boolean not null default false,   -- count only work days
  on_work_day     boolean not null default false,   -- moved to the next work day
  template        text,                             -- what the customer is told with
  amount_cents    bigint check (amount_cents > 0),  -- of a fee; of others the debt below which the step is left out
  notice_days     smallint check (notice_days between 0 and 120),  -- a disconnect notice: days before the cut may be
  points          smallint,                         -- credit rating
  primary key (client_id, path_code, step_number),
  foreign key (client_id, path_code) references collection_path
);

-- Steps against the debt of one class on one billing account.
create table collection_process (
  customer_id     bigint not null references customer,
  process_id      int not null,
  account_number  smallint not null,
  debt_class      text not null,
  stage           text not null check (stage in ('served', 'stopped')),
  path_code       text not null,
  status          text not null check (status in ('active', 'inactive')),
  arrears_date    date not null,                    -- the oldest due date when it began
  arrears_cents   bigint not null,                  -- past due when it began
  release_cents   bigint not null,
  started_on      date not null,
  ended_on        date,
  end_reason      text check (end_reason in ('paid', 'arrangement', 'dispute', 'bankruptcy', 'protection', 'written_off',
                    'stopped', 'done', 'cancelled')),
  not_before      date,                             -- no new one before this day
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, process_id),
  foreign key (customer_id, account_number) references billing_account,
  check ((status = 'inactive') = (ended_on is not null)),
  check ((status = 'inactive') = (end_reason is not null))
);
create unique index collection_process_once on collection_process (customer_id, account_number, debt_class, stage)
  where status = 'active';

-- A step of a process, copied from the path when it began.
create table collection_step (
  customer_id     bigint not null,
  process_id      int not null,
  step_number     smallint not null,
  kind            text not null,
  counts_from     text not null,
  after_step      smallint,
  days            int not null,
  work_days       boolean not null,
  on_work_day     boolean not null,
  template        text,
  amount_cents    bigint,
  notice_days     smallint,
  points          smallint,
  status          text not null check (status in ('pending', 'complete', 'cancelled')),
  due_date        date,                             -- null: what it waits for is not done
  waiting_for     text,                             -- why a due step was not done: the protection, the promise
  done_on         date,
  asked_cents     bigint,                           -- past due when it was done
  result          jsonb not null default '{}',      -- what it made: {activityIds, entryId, workItem}
  primary key (customer_id, process_id, step_number),
  foreign key (customer_id, process_id) references collection_process,
  check ((status = 'complete') = (done_on is not null))
);

-- What forbids steps against a customer, an account or an agreement for a time, with its evidence.
create table protection (
  customer_id     bigint not null references customer,
  protection_number smallint not null,
  account_number  smallint,                         -- null: all of the customer's
  agreement_id    int,                              -- null: all of the account's
  kind            text not null check (kind in ('life_support', 'medical', 'dispute', 'bankruptcy', 'hold')),
  forbids         text not null check (forbids in ('cut', 'all', 'amount')),  -- amount: it only lessens what is collected
  amount_cents    bigint check (amount_cents > 0),
  start_date      date not null,
  end_date        date check (end_date >= start_date),
  evidence        text,                             -- certificate, case number, document
  reason          text not null,
  created_at      timestamptz not null,
  created_by      text not null,
  ended_at        timestamptz,
  ended_by        text,
  primary key (customer_id, protection_number),
  check ((forbids = 'amount') = (amount_cents is not null))
);

-- A time without cuts (or any step) for many: cold, heat, holidays.
create table moratorium (
  client_id       int not null references client,
  moratorium_id   int not null,
  name            text not null,
  kind            text not null check (kind in ('weather', 'holiday', 'disaster', 'regulator')),
  forbids         text not null check (forbids in ('cut', 'all')),
  postal_codes    text[] not null,                  -- beginnings of the premise's postal code; empty: everywhere
  customer_classes text[] not null,                 -- empty: all
  start_date      date not null,
  end_date        date not null check (end_date >= start_date),
  created_at      timestamptz not null,
  created_by      text not null,
  ended_at        timestamptz,
  primary key (client_id, moratorium_id)
);

-- The way of one agreement from the notice of disconnection to the cut, and back or to its final bill.
create table severance (
  customer_id     bigint not null,
  severance_id    int not null,
  agreement_id    int not null,
  account_number  smallint not null,
  process_id      int not null,
  status          text not null check (status in ('active', 'inactive')),
  noticed_on      date not null,
  cut_from        date not null check (cut_from >= noticed_on),     -- the first day on which it may be cut
  cut_activity_id bigint,
  cut_ordered_at  timestamptz,
  cut_dispatched_at timestamptz,
  cut_on          date,
  fee_adjustment_id int,                            -- the reconnect fee
  reconnect_activity_id bigint,
  reconnected_on  date,
  final_billed_on date,
  ended_on        date,
  end_reason      text check (end_reason in ('paid', 'reconnected', 'stopped', 'cancelled')),
  primary key (customer_id, severance_id),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, process_id) references collection_process,
  check ((status = 'inactive') = (ended_on is not null)),
  check (cut_dispatched_at is null or cut_ordered_at is not null),
  check (reconnected_on is null or cut_on is not null)
);
create unique index severance_once on severance (customer_id, agreement_id) where status = 'active';

-- Debt that an agency collects.
create table agency_referral (
  customer_id     bigint not null,
  referral_id     int not null,
  account_number  smallint not null,
  process_id      int not null,
  agency_code     text not null,
  amount_cents    bigint not null check (amount_cents > 0),
  referred_on     date not null,
  recalled_on     date,
  recall_reason   text,
  primary key (customer_id, referral_id),
  foreign key (customer_id, process_id) references collection_process,
  check ((recalled_on is null) = (recall_reason is null))
);

-- Debt that left an agreement. It survives on an agreement of kind write_off, except what the customer no longer owes.
create table write_off (
  customer_id     bigint not null,
  write_off_id    int not null,
  account_number  smallint not null,
  agreement_id    int not null,                     -- whose debt it was
  kept_agreement_id int,                            -- where it is still owed
  process_id      int,
  kind            text not null check (kind in ('debt', 'discharge')),
  amount_cents    bigint not null check (amount_cents > 0),
  written_off_on  date not null,
  status          text not null check (status in ('active', 'dismissed')),
  entry_id        int not null,
  dismissed_on    date,
  dismiss_reason  text,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, write_off_id),
  foreign key (customer_id, agreement_id) references agreement,
  foreign key (customer_id, entry_id) references journal_entry (customer_id, entry_id),
  check ((kind = 'debt') = (kept_agreement_id is not null)),
  check ((status = 'dismissed') = (dismissed_on is not null))
);

-- What of written-off debt was paid after all; below zero when a payment was returned.
create table write_off_recovery (
  customer_id     bigint not null,
  write_off_id    int not null,
  recovery_number smallint not null,
  amount_cents    bigint not null check (amount_cents <> 0),
  recovered_on    date not null,
  entry_id        int not null,
  primary key (customer_id, write_off_id, recovery_number),
  foreign key (customer_id, write_off_id) references write_off,
  foreign key (customer_id, entry_id) references journal_entry (customer_id, entry_id)
);

-- Debt from before the petition is frozen: owed, not asked for, on agreements of its own.
create table bankruptcy (
  customer_id     bigint not null references customer,
  bankruptcy_number smallint not null,
  account_number  smallint not null,
  case_number     text not null,
  chapter         text not null check (chapter in ('7', '11', '12', '13')),
  evidence        text not null,
  filed_on        date not null,                    -- what arose before is frozen
  status          text not null check (status in ('filed', 'dismissed', 'discharged')),
  protection_number smallint not null,
  closed_on       date,
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, bankruptcy_number),
  foreign key (customer_id, account_number) references billing_account,
  foreign key (customer_id, protection_number) references protection,
  check ((status = 'filed') = (closed_on is null))
);
create unique index bankruptcy_once on bankruptcy (customer_id, account_number) where status = 'filed';

create table bankruptcy_debt (
  customer_id     bigint not null,
  bankruptcy_number smallint not null,
  agreement_id    int not null,                     -- whose debt it was
  frozen_agreement_id int not null,
  amount_cents    bigint not null check (amount_cents > 0),
  primary key (customer_id, bankruptcy_number, agreement_id),
  foreign key (customer_id, bankruptcy_number) references bankruptcy
);

-- Points for and against a billing account; below zero is bad.
create table credit_event (
  customer_id     bigint not null,
  event_number    int not null,
  account_number  smallint not null,
  kind            text not null check (kind in ('returned_payment', 'late_payment', 'cut', 'broken_promise', 'write_off',
                    'bankruptcy', 'manual')),
  points          smallint not null,
  cash_only_points smallint not null default 0 check (cash_only_points >= 0),
  start_date      date not null,
  end_date        date not null check (end_date > start_date),
  cause           text not null,
  note            text not null default '',
  created_at      timestamptz not null,
  created_by      text not null,
  primary key (customer_id, event_number),
  unique (customer_id, cause, kind),
  foreign key (customer_id, account_number) references billing_account
);

revoke update on write_off_recovery, bankruptcy_debt, collection_path_step from billwright_server;
grant delete on collection_path_step to billwright_server;
