-- Who was told of a deadline and why, and who took notice. Folded from the log of the tree.
create table escalation (
    tree bigint not null,
    -- Of the task by which they were told.
    id int not null,
    -- The procedure that told them, the element by which, and what that is called.
    instance int not null,
    element text not null,
    title text not null,
    -- How far the deadline had come, as the diagram says.
    level text not null,
    -- Who was told; joined by '|'.
    groups text not null,
    deadline int not null,
    name text not null,
    stage text not null,
    -- Code of the unit that the deadline binds; empty when nobody in particular.
    unit text not null,
    warn_at timestamptz,
    due_at timestamptz,
    raised_at timestamptz not null,
    state text not null check (state in ('open', 'acknowledged', 'moot')),
    ended_at timestamptz,
    -- Who took notice, and what they said; empty when nobody did.
    acknowledged_by text not null,
    note text not null,
    primary key (tree, id)
) with (fillfactor = 80);
alter table escalation alter column tree set (n_distinct = -0.2);
create index escalation_raised on escalation (raised_at desc, tree desc, id desc);
create index escalation_open on escalation (raised_at desc, tree desc, id desc) where state = 'open';

create function write_escalation(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_title text[], p_level text[], p_groups text[],
    p_deadline int[], p_name text[], p_stage text[], p_unit text[], p_warn timestamptz[], p_due timestamptz[],
    p_raised timestamptz[], p_state text[], p_ended timestamptz[], p_by text[], p_note text[]
) returns void language sql as $$
    insert into escalation (tree, id, instance, element, title, level, groups, deadline, name, stage, unit, warn_at,
                            due_at, raised_at, state, ended_at, acknowledged_by, note)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_title, p_level, p_groups, p_deadline, p_name, p_stage, p_unit, p_warn,
                p_due, p_raised, p_state, p_ended, p_by, p_note) as x
    on conflict (tree, id) do update
    set state = excluded.state, ended_at = excluded.ended_at, acknowledged_by = excluded.acknowledged_by,
        note = excluded.note
$$;
