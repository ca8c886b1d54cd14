-- Whether a deadline has warned of the moment at which it is due now.
alter table deadline add column has_warned boolean not null default false;
-- What warns next; nothing else is looked at, however many cases are open.
create index deadline_warning on deadline (warn_at) where ending is null and not has_warned and not is_paused;

drop function write_deadline;
create function write_deadline(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_stage text[], p_unit text[],
    p_amount numeric[], p_time_unit text[], p_warn_share numeric[], p_calendar text[], p_calendar_version text[],
    p_cause text[], p_attempt int[], p_started timestamptz[], p_pauses text[], p_extensions text[],
    p_warn timestamptz[], p_due timestamptz[], p_ended timestamptz[], p_ending text[], p_used numeric[],
    p_latest boolean[], p_warned boolean[]
) returns void language sql as $$
    insert into deadline (tree, id, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar,
                          calendar_version, cause, attempt, started_at, pauses, extensions, warn_at, due_at, ended_at,
                          ending, used, is_latest, has_warned)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_name, p_stage, p_unit, p_amount, p_time_unit, p_warn_share, p_calendar,
                p_calendar_version, p_cause, p_attempt, p_started, p_pauses, p_extensions, p_warn, p_due, p_ended,
                p_ending, p_used, p_latest, p_warned) as x
    on conflict (tree, id) do update
    set calendar_version = excluded.calendar_version, pauses = excluded.pauses, extensions = excluded.extensions,
        warn_at = excluded.warn_at, due_at = excluded.due_at, ended_at = excluded.ended_at, ending = excluded.ending,
        used = excluded.used, is_latest = excluded.is_latest, has_warned = excluded.has_warned
$$;
