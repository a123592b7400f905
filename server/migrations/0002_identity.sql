-- Clients (tenants), their companies, staff and permissions. Small reference tables.

create table client (
  client_id     int primary key,
  code          text not null unique,
  name          text not null,
  time_zone     text not null,
  locale        text not null default 'en' check (locale in ('en', 'es')),
  settings      jsonb not null default '{}',
  created_at    timestamptz not null
);

-- A brand, division or utility inside a client: owns its books and its plans.
create table company (
  client_id     int not null references client,
  company_id    smallint not null check (company_id > 0),
  code          text not null,
  name          text not null,
  kind          text not null check (kind in ('utility', 'supplier')),
  currency      char(3) not null,
  currency_exponent smallint not null default 2,
  time_zone     text not null,
  address       jsonb not null default '{}',       -- {line1, line2, city, state, postalCode, country}
  remit_address jsonb not null default '{}',
  phone         text,
  email         text,
  website       text,
  primary key (client_id, company_id),
  unique (client_id, code)
);

create table staff_user (
  client_id       int not null references client,
  user_id         int not null,
  user_name       text not null check (user_name = lower(user_name)),
  display_name    text not null,
  email           text,
  password_hash   text not null,                    -- Argon2id, PHC string
  status          text not null check (status in ('active', 'locked', 'disabled')),
  locale          text not null default 'en' check (locale in ('en', 'es')),
  failed_attempts smallint not null default 0,
  locked_until    timestamptz,
  last_login_at   timestamptz,
  created_at      timestamptz not null,
  primary key (client_id, user_id),
  unique (client_id, user_name)
);

create table role (
  client_id     int not null references client,
  role_code     text not null,
  name          text not null,
  description   text not null default '',
  primary key (client_id, role_code)
);

create table role_permission (
  client_id     int not null,
  role_code     text not null,
  permission    text not null,                      -- registered by the endpoint registry: 'bill.read'
  primary key (client_id, role_code, permission),
  foreign key (client_id, role_code) references role
);

create table staff_user_role (
  client_id     int not null,
  user_id       int not null,
  role_code     text not null,
  primary key (client_id, user_id, role_code),
  foreign key (client_id, user_id) references staff_user,
  foreign key (client_id, role_code) references role
);

-- Bearer tokens of people: only a keyed hash is kept.
create table session (
  token_hash    bytea primary key,
  client_id     int not null,
  user_id       int not null,
  door          text not null,
  created_at    timestamptz not null,
  last_used_at  timestamptz not null,
  expires_at    timestamptz not null,
  ended_at      timestamptz,
  foreign key (client_id, user_id) references staff_user
);
create index session_of_user on session (client_id, user_id);
