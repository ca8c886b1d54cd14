-- The time limits of cases: whom they bind, since when, and when they warn and are due. Folded from the log of the tree.
create table deadline (
    tree bigint not null,
    id int not null,
    instance int not null,
    element text not null,
    name text not null,
    stage text not null,
    -- Code of the unit held responsible; empty when nobody in particular is.
    unit text not null,
    amount numeric not null,
    time_unit text not null,
    warn_share numeric not null,
    calendar text not null,
    -- Of the calendar that warn_at and due_at were derived under.
    calendar_version text not null,
    cause text not null,
    attempt int not null,
    started_at timestamptz not null,
    -- JSON text: times in which the clock stood still, and amounts that were added.
    pauses text not null,
    extensions text not null,
    -- Null while the clock stands still short of them.
    warn_at timestamptz,
    due_at timestamptz,
    ended_at timestamptz,
    ending text check (ending in ('met', 'returned', 'cancelled')),
    used numeric,
    -- Of its name in the tree: what expressions see once it has ended.
    is_latest boolean not null,
    is_paused boolean generated always as (pauses like '%,null]]') stored,
    primary key (tree, id)
) with (fillfactor = 80);
alter table deadline alter column tree set (n_distinct = -0.2);
create index deadline_due on deadline (due_at, tree, id) where ending is null;
-- What a changed calendar has to derive anew.
create index deadline_of_calendar on deadline (calendar, calendar_version, tree) where ending is null;

create function write_deadline(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_stage text[], p_unit text[],
    p_amount numeric[], p_time_unit text[], p_warn_share numeric[], p_calendar text[], p_calendar_version text[],
    p_cause text[], p_attempt int[], p_started timestamptz[], p_pauses text[], p_extensions text[],
    p_warn timestamptz[], p_due timestamptz[], p_ended timestamptz[], p_ending text[], p_used numeric[],
    p_latest boolean[]
) returns void language sql as $$
    insert into deadline (tree, id, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar,
                          calendar_version, cause, attempt, started_at, pauses, extensions, warn_at, due_at, ended_at,
                          ending, used, is_latest)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_name, p_stage, p_unit, p_amount, p_time_unit, p_warn_share, p_calendar,
                p_calendar_version, p_cause, p_attempt, p_started, p_pauses, p_extensions, p_warn, p_due, p_ended,
                p_ending, p_used, p_latest) as x
    on conflict (tree, id) do update
    set calendar_version = excluded.calendar_version, pauses = excluded.pauses, extensions = excluded.extensions,
        warn_at = excluded.warn_at, due_at = excluded.due_at, ended_at = excluded.ended_at, ending = excluded.ending,
        used = excluded.used, is_latest = excluded.is_latest
$$;
