-- The moments that elements wait for.
create table timer (
    tree bigint not null,
    id int not null,
    instance int not null,
    element text not null,
    name text not null,
    -- The activity that a boundary event stands on; empty for an event in the flow.
    attached_to text not null,
    -- Case time, like all moments of events.
    due_at timestamptz not null,
    state text not null check (state in ('armed', 'fired', 'cancelled')),
    armed_at timestamptz not null,
    ended_at timestamptz,
    -- Claims by workers, which are no events: how often it was claimed, and until when the last claim holds. System time.
    lease int not null default 0,
    leased_until timestamptz,
    primary key (tree, id)
) with (fillfactor = 80);
alter table timer alter column tree set (n_distinct = -0.2);
create index timer_due on timer (due_at, tree, id) where state = 'armed';
-- For the lateness of the last hours.
create index timer_fired on timer (ended_at) include (due_at) where state = 'fired';

create function write_timer(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[],
    p_due timestamptz[], p_state text[], p_armed timestamptz[], p_ended timestamptz[]
) returns void language sql as $$
    insert into timer (tree, id, instance, element, name, attached_to, due_at, state, armed_at, ended_at)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_name, p_attached_to, p_due, p_state, p_armed, p_ended) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at
$$;

-- Claim up to p_limit timers that are due at p_now, for p_seconds each; p_now null means now. Whoever is slower than that
-- is overtaken: the next claim counts the lease up, and a command under an older lease has no effect.
create function claim_timers(p_now timestamptz, p_limit int, p_seconds float8)
returns table (tree bigint, timer int, lease int) language sql as $$
    with due as materialized (
        select t.tree, t.id from timer t
        -- A sub-query is computed once and may bound the index; a clock by itself would be read for every armed timer.
        where t.state = 'armed' and t.due_at <= (select coalesce(p_now, clock_timestamp()))
          and (t.leased_until is null or t.leased_until <= clock_timestamp())
        order by t.due_at, t.tree, t.id limit p_limit
        for update skip locked
    )
    update timer t
    set lease = t.lease + 1, leased_until = clock_timestamp() + make_interval(secs => p_seconds)
    from due where t.tree = due.tree and t.id = due.id
    returning t.tree, t.id, t.lease
$$;
