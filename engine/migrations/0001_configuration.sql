-- Everything that commands read but do not own: definitions, permissions, catalogue, calendars, settings.
-- Its version is one number, the epoch; a command that was decided under an older epoch does not commit.

create table configuration_epoch (
    one boolean primary key default true check (one),
    epoch bigint not null
) with (fillfactor = 10);
insert into configuration_epoch (epoch) values (1);

-- One row per named configuration object, such as 'unit:U12' or 'definition:process:case'.
create table configuration (
    name text primary key,
    version int not null,
    changed_by text not null,
    changed_at timestamptz not null
);

-- Commands hold this lock shared while they commit, a configuration change holds it alone: so no command can commit
-- between the change's check and its commit, and none waits longer than one commit.
create function move_configuration_epoch() returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7270002);
    update configuration_epoch set epoch = epoch + 1;
end $$;

create function check_configuration_epoch(seen bigint) returns void language plpgsql as $$
declare
    current_epoch bigint;
begin
    perform pg_advisory_xact_lock_shared(7270002);
    select epoch into current_epoch from configuration_epoch;
    if current_epoch <> seen then
        raise exception 'the configuration moved from epoch % to %', seen, current_epoch using errcode = '40001';
    end if;
end $$;
