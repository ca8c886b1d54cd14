-- Timers that begin a process: those of the version in force, each until it has fired for the last time.
create table start_timer (
    process text not null,
    -- Which of the timers of the start event.
    place int not null,
    -- The version that it stands in.
    number int not null,
    -- Case time, like all moments at which something is due.
    due_at timestamptz not null,
    -- Of a cycle: the time between two firings, and how many follow; null for a date, and where there is no end.
    every interval,
    repeats int,
    armed_at timestamptz not null,
    -- How often it was claimed, and until when the last claim holds. System time.
    lease int not null default 0,
    leased_until timestamptz,
    primary key (process, place)
) with (fillfactor = 80);
create index start_timer_due on start_timer (due_at);

create function claim_start_timers(p_now timestamptz, p_limit int, p_seconds float8)
returns table (process text, place int, lease int) language sql as $$
    with due as materialized (
        select t.process, t.place from start_timer t
        where t.due_at <= (select coalesce(p_now, clock_timestamp()))
          and (t.leased_until is null or t.leased_until <= clock_timestamp())
        order by t.due_at, t.process, t.place limit p_limit
        for update skip locked
    )
    update start_timer t
    set lease = t.lease + 1, leased_until = clock_timestamp() + make_interval(secs => p_seconds)
    from due where t.process = due.process and t.place = due.place
    returning t.process, t.place, t.lease
$$;

-- What a timer that has fired says is a message to the one process that it begins.
alter table message add column begins text;

-- Keys of the processes that a message begins when nobody waits for it.
create function starters_for(p_name text, p_begins text) returns text[] language sql as $$
    select case when p_begins is null then starters_of('message:' || p_name) else (
        select coalesce(array_agg(d.key), '{}') from definition d
        where d.kind = 'process' and d.key = p_begins and d.state = 'published'
          and exists (select from unnest(d.starts_by) s where s like 'timer:%')
          and not exists (
            select from definition n
            where n.kind = 'process' and n.key = d.key and n.state = 'published' and n.number > d.number)
    ) end
$$;

-- Nobody else comes to wait for it.
create or replace function leave_message(p_message bigint, p_refusal text) returns void language plpgsql as $$
declare
    found_name text;
    found_key text;
begin
    select name, key into found_name, found_key from message where id = p_message;
    perform lock_mailboxes(array[found_name], array[found_key]);
    perform lock_starts(array[found_name]);
    update message m set is_wanted = false, refusal = p_refusal, refusals = m.refusals + (p_refusal is not null)::int
    where m.id = p_message and m.state = 'open'
      and (p_refusal is not null or m.begins is not null or takers_of(m.name, m.key) <> 1);
end $$;
