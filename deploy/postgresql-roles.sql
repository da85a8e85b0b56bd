-- Makes two roles for a register on PostgreSQL 13 or later:
--   homeroom_migrate  owns the tables and changes them      DATABASE_DIRECT_URL
--   homeroom_serve    reads and writes rows, and can neither change nor delete what the journal says      DATABASE_URL
-- Run it in the register's database as a superuser, or as a role that owns the database and may make roles, before the first
-- start or later, and as often as you like:
--   psql -d homeroom -v ON_ERROR_STOP=1 -1 -f deploy/postgresql-roles.sql
-- Then give each role a password (\password homeroom_serve). A schema other than public: make it, and begin with
--   psql … -c 'set search_path to school' -f …    and write ?search_path=school in both addresses.

do $$
begin
  if to_regrole('homeroom_migrate') is null then create role homeroom_migrate login; end if;
  if to_regrole('homeroom_serve') is null then create role homeroom_serve login; end if;
  -- Only its members may give away what will belong to a role.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant homeroom_migrate to %I', current_user);
  end if;
end $$;

do $$
declare
  home text := current_schema();
  owner oid := (select relowner from pg_class where oid = to_regclass('journal'));
  name text;
  -- From 17 on it refreshes the planner's statistics after an import, as the tables' owner does.
  rights text := 'select, insert, update, delete' ||
    case when current_setting('server_version_num')::int >= 170000 then ', maintain' else '' end;
begin
  if to_regclass('journal') is not null then
    if exists (select from operations join journal on journal.school_id = operations.school_id and operation_id = operations.id
               where deed is null) then
      raise exception 'Start this version of Homeroom once with the role that owns the tables, until npx homeroom migrate status says that the backfill journal_owners is done: it completes the journal of an earlier one';
    end if;
  end if;

  execute format('grant connect on database %I to homeroom_migrate, homeroom_serve', current_database());
  execute format('revoke create on schema %I from public', home);
  execute format('grant usage, create on schema %I to homeroom_migrate', home);
  execute format('grant usage on schema %I to homeroom_serve', home);
  execute format('alter default privileges for role homeroom_migrate in schema %I grant %s on tables to homeroom_serve',
    home, rights);
  if home = 'public' then
    create schema if not exists drizzle;
    grant usage, create on schema drizzle to homeroom_migrate;
  end if;

  -- Tables of another program in the same schema belong to another role, and stay as they are.
  for name in select oid::regclass from pg_class
    where relkind = 'r' and relowner = owner and relnamespace in (quote_ident(home)::regnamespace, to_regnamespace('drizzle')) loop
    execute format('alter table %s owner to homeroom_migrate', name);
  end loop;
  for name in select oid::regclass from pg_class
    where relkind = 'r' and relowner = 'homeroom_migrate'::regrole and relnamespace = quote_ident(home)::regnamespace loop
    execute format('grant %s on %s to homeroom_serve', rights, name);
  end loop;
end $$;

-- Each start of Homeroom does the same again, for what a later version adds.
do $$
begin
  if to_regclass('journal') is not null then
    revoke update, delete, truncate on operations, journal, journal_owners from homeroom_serve;
    if to_regclass('journal_seals') is not null then
      revoke update, delete, truncate on journal_seals from homeroom_serve;
    end if;
    if to_regclass('register_journal') is not null then
      revoke update, delete, truncate on register_journal from homeroom_serve;
    end if;
    revoke update, truncate on journal_values from homeroom_serve;
    revoke insert, update, delete, truncate on migrations, compatible_migrations from homeroom_serve;
    -- An erasure clears the salt, so that nobody can guess what was typed.
    grant update (input_salt) on operations to homeroom_serve;
  end if;
end $$;
