-- The log: gap-free and hash-chained per tree, one partition per month of recording.
create table event (
    tree bigint not null,
    seq int not null,
    type text not null,
    version smallint not null,
    at timestamptz not null,
    actor text not null,
    payload text not null,
    hash bytea not null,
    recorded_at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    primary key (tree, seq, recorded_at)
) partition by range (recorded_at);
-- The order in which the feed delivers.
create index event_feed on event (xid, tree, seq);
-- Statistics taken while trees are young say "one row per tree", and cached plans would then read whole trees.
alter table event alter column tree set (n_distinct = -0.02, n_distinct_inherited = -0.02);

-- Catches what no month is ready for; it is an alarm when a row lands here.
create table event_default partition of event default;
alter table event_default alter column tree set (n_distinct = -0.02);

-- Make the partitions of this month and the next p_months; names of the new ones.
create function prepare_event_partitions(p_months int) returns setof text language plpgsql as $$
declare
    month timestamptz := date_trunc('month', clock_timestamp(), 'UTC');
    last timestamptz := date_trunc('month', clock_timestamp(), 'UTC') + make_interval(months => p_months);
    name text;
begin
    perform pg_advisory_xact_lock(7270003);
    while month <= last loop
        name := 'event_' || to_char(month at time zone 'UTC', 'YYYY_MM');
        if to_regclass(name) is null then
            perform make_event_partition(name, month);
            return next name;
        end if;
        month := ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC';
    end loop;
end $$;

create function make_event_partition(p_name text, p_month timestamptz) returns void language plpgsql as $$
declare
    following timestamptz := ((p_month at time zone 'UTC') + interval '1 month') at time zone 'UTC';
begin
    execute format('create table %I (like event including defaults including constraints)', p_name);
    execute format('alter table %I alter column tree set (n_distinct = -0.02)', p_name);
    execute format(
        'with moved as (delete from event_default where recorded_at >= %L and recorded_at < %L returning *) '
        'insert into %I select * from moved', p_month, following, p_name
    );
    execute format('alter table event attach partition %I for values from (%L) to (%L)', p_name, p_month, following);
end $$;

select prepare_event_partitions(2);

create function append_events(
    p_tree bigint, p_last int, p_at timestamptz, p_actor text,
    p_types text[], p_versions smallint[], p_payloads text[], p_hashes bytea[]
) returns void language sql as $$
    insert into event (tree, seq, type, version, at, actor, payload, hash)
    select p_tree, p_last - cardinality(p_types) + x.place, x.type, x.version, p_at, p_actor, x.payload, x.hash
    from unnest(p_types, p_versions, p_payloads, p_hashes) with ordinality as x(type, version, payload, hash, place)
$$;

-- Positions in the feed hold transaction ids, which mean nothing in another cluster: each cluster and each timeline
-- (a restore to an earlier moment begins one) has its own number, and clients that hold another one start anew.
create table feed_epoch (
    epoch bigint generated always as identity primary key,
    cluster text not null unique,
    begun_at timestamptz not null default now()
);

create function settle_feed_epoch() returns bigint language plpgsql as $$
declare
    here text;
    found_epoch bigint;
begin
    begin
        select system_identifier || '/' || timeline_id into here from pg_control_system(), pg_control_checkpoint();
    exception when insufficient_privilege then
        here := 'unnamed';
    end;
    insert into feed_epoch (cluster) values (here) on conflict do nothing;
    select epoch into found_epoch from feed_epoch where cluster = here;
    return found_epoch;
end $$;
