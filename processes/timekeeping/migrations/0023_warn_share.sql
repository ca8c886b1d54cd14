-- The share at which a deadline warns is a setting of the city; when it changes, open deadlines are counted anew.
drop index deadline_of_calendar;
create index deadline_of_calendar on deadline (calendar, calendar_version, warn_share, tree) where ending is null;

create or replace function write_deadline(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_stage text[], p_unit text[],
    p_amount numeric[], p_time_unit text[], p_warn_share numeric[], p_calendar text[], p_calendar_version text[],
    p_cause text[], p_attempt int[], p_started timestamptz[], p_pauses text[], p_extensions text[],
    p_warn timestamptz[], p_due timestamptz[], p_ended timestamptz[], p_ending text[], p_used numeric[],
    p_latest boolean[], p_warned boolean[]
) returns void language plpgsql as $$
begin
    for i in 1 .. cardinality(p_id) loop
        update deadline
        set warn_share = p_warn_share[i], calendar_version = p_calendar_version[i], pauses = p_pauses[i],
            extensions = p_extensions[i], warn_at = p_warn[i], due_at = p_due[i], ended_at = p_ended[i], ending = p_ending[i], used = p_used[i],
            is_latest = p_latest[i], has_warned = p_warned[i]
        where tree = p_tree and id = p_id[i];
        if not found then
            insert into deadline (tree, id, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar,
                                  calendar_version, cause, attempt, started_at, pauses, extensions, warn_at, due_at,
                                  ended_at, ending, used, is_latest, has_warned)
            values (p_tree, p_id[i], p_instance[i], p_element[i], p_name[i], p_stage[i], p_unit[i], p_amount[i],
                    p_time_unit[i], p_warn_share[i], p_calendar[i], p_calendar_version[i], p_cause[i], p_attempt[i],
                    p_started[i], p_pauses[i], p_extensions[i], p_warn[i], p_due[i], p_ended[i], p_ending[i], p_used[i],
                    p_latest[i], p_warned[i]);
        end if;
    end loop;
end $$;
