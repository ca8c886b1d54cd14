-- Why an operator lets an instance stand still; null while it runs. In the row, so that asking what a case waits for does not
-- look through its history.
alter table instance add column pause_reason text;

drop function write_instance(
    bigint, int[], text[], bytea[], int[], text[], text[], timestamptz[], timestamptz[], timestamptz[]
);

create function write_instance(
    p_tree bigint, p_id int[], p_key text[], p_sha bytea[], p_caller int[], p_caller_element text[], p_state text[],
    p_started timestamptz[], p_ended timestamptz[], p_paused timestamptz[], p_reason text[]
) returns void language sql as $$
    insert into instance (
        tree, id, definition_key, definition_sha, caller, caller_element, state, started_at, ended_at, paused_at,
        pause_reason
    )
    select p_tree, x.*
    from unnest(
        p_id, p_key, p_sha, p_caller, p_caller_element, p_state, p_started, p_ended, p_paused, p_reason
    ) as x
    on conflict (tree, id) do update
    set state = excluded.state, ended_at = excluded.ended_at, paused_at = excluded.paused_at,
        pause_reason = excluded.pause_reason
$$;
