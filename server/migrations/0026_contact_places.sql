-- What notes, alerts and mailing addresses are about.

-- The record that a line is about beside the customer: payment:100000042-3
alter table contact_log add column subject text;
create index contact_log_subject on contact_log (customer_id, subject) where subject is not null;

-- An alert about one billing account.
alter table customer_alert add column account_number smallint;

-- The agreement that speaks for a billing account: first on its bills.
alter table billing_account add column master_agreement_id int;

-- Where bills of an account may go. The account's own mailing name and address are those of its current one.
create table billing_address (
  customer_id     bigint not null,
  account_number  smallint not null,
  address_number  smallint not null,
  mailing_name    text not null,
  mailing_address jsonb not null,                   -- {line1, line2, city, state, postalCode, country}
  current         boolean not null,
  created_at      timestamptz,                      -- null: given when the account was opened
  created_by      text,
  changed_at      timestamptz,
  changed_by      text,
  primary key (customer_id, account_number, address_number),
  foreign key (customer_id, account_number) references billing_account
);
create unique index billing_address_current on billing_address (customer_id, account_number) where current;
