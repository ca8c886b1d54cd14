-- A timer may follow a deadline: it moves with it, and waits for no moment while the deadline stands still.
alter table timer alter column due_at drop not null;

create or replace function write_timer(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[],
    p_due timestamptz[], p_state text[], p_armed timestamptz[], p_ended timestamptz[]
) returns void language sql as $$
    insert into timer (tree, id, instance, element, name, attached_to, due_at, state, armed_at, ended_at)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_name, p_attached_to, p_due, p_state, p_armed, p_ended) as x
    on conflict (tree, id) do update
    set state = excluded.state, ended_at = excluded.ended_at, due_at = excluded.due_at,
        -- Whoever has claimed it for a moment that holds no more must not keep it from the next one.
        leased_until = case when timer.due_at is distinct from excluded.due_at then null else timer.leased_until end
$$;
