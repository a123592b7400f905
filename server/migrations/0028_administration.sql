-- What administrators decide: permissions and roles as records, exceptions for single users, links to a new password.

-- What roles may hold: each was named by an endpoint. One that is not active is held by nobody, whatever roles say.
create table permission (
  permission    text primary key,
  permission_id int not null unique,
  name          text not null,
  description   text not null default '',
  active        boolean not null default true
);
insert into permission (permission, permission_id, name)
select permission, row_number() over (order by permission), permission
  from (select distinct permission from role_permission) held;
alter table role_permission add foreign key (permission) references permission;

alter table role add column role_id int;
update role set role_id = numbered.role_id
  from (select client_id, role_code, row_number() over (partition by client_id order by role_code) as role_id
          from role) numbered
 where numbered.client_id = role.client_id and numbered.role_code = role.role_code;
alter table role alter column role_id set not null, add unique (client_id, role_id);

-- What one user has beside the roles, or lacks in spite of them.
create table staff_user_permission (
  client_id     int not null,
  user_id       int not null,
  permission    text not null references permission,
  granted       boolean not null,
  primary key (client_id, user_id, permission),
  foreign key (client_id, user_id) references staff_user
);
grant delete on role, staff_user_permission to billwright_server;

-- A link to choose a new password, good for one use. By the machine's clock, as sessions are.
create table password_reset (
  client_id       int not null,
  user_id         int not null,
  reset_number    int not null,
  token_hash      bytea not null unique,
  sealed_token    bytea,                            -- encrypted by field, until it is mailed or ends
  requested_by    text not null,
  requested_at    timestamptz not null,
  expires_at      timestamptz not null,
  attempts        smallint not null default 0,
  last_error      text,
  mailed_at       timestamptz,
  ended_at        timestamptz,                      -- used, or another took its place
  primary key (client_id, user_id, reset_number),
  foreign key (client_id, user_id) references staff_user
);
create index password_reset_waiting on password_reset (requested_at) where sealed_token is not null;

-- What a user may do now.
create function staff_permissions(of_client int, of_user int) returns text[]
language sql stable set search_path = public, pg_temp as $$
  select coalesce(array_agg(p.permission order by p.permission), '{}') from permission p
   where p.active
     and p.permission in (
       select h.permission from staff_user_role r join role_permission h using (client_id, role_code)
        where r.client_id = of_client and r.user_id = of_user
       union all
       select o.permission from staff_user_permission o
        where o.client_id = of_client and o.user_id = of_user and o.granted)
     and p.permission not in (
       select o.permission from staff_user_permission o
        where o.client_id = of_client and o.user_id = of_user and not o.granted)
$$;
grant execute on function staff_permissions(int, int) to billwright_server;
