-- Work items of persons.
create table task (
    tree bigint not null,
    id int not null,
    instance int not null,
    element text not null,
    name text not null,
    form text not null,
    -- The version of the form that was the latest when the task was opened; 0 without a form.
    form_version int not null,
    -- The candidate groups, sorted, joined by '|': few distinct values, so lists walk one index range per value.
    queue text not null,
    stage text not null,
    priority int not null,
    -- Who may not perform it, joined by '|'.
    excluded text not null,
    -- Changed by claim, release, assign and unassign, which are no events; everything else is folded from the log.
    assignee text,
    state text not null check (state in ('open', 'completed', 'withdrawn')),
    -- The ETag: every change of the row adds one.
    version int not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    performer text,
    primary key (tree, id)
) with (fillfactor = 80);
alter table task alter column tree set (n_distinct = -0.02);
create index task_assignee on task (assignee, opened_at, tree, id) where state = 'open' and assignee is not null;

-- Every value of task.queue ever used; a caller's queues are those whose groups overlap his.
create table queue (
    key text primary key,
    groups text[] not null
);

-- What was typed into a task's form so far.
create table task_draft (
    tree bigint not null,
    task int not null,
    version int not null,
    data text not null,
    editor text not null,
    saved_at timestamptz not null,
    primary key (tree, task)
) with (fillfactor = 70);
alter table task_draft alter column tree set (n_distinct = -0.2);

-- p_seen is the version of each row when it was loaded, 0 for a new one. Raises 40001 when a row changed meanwhile.
-- Row by row: a command changes one or two, and a join with unnest() would be planned anew each time, because its plan
-- for known arrays always looks cheaper than the one for any.
create function write_task(
    p_tree bigint, p_id int[], p_seen int[], p_instance int[], p_element text[], p_name text[], p_form text[],
    p_form_version int[], p_queue text[], p_stage text[], p_priority int[], p_excluded text[], p_assignee text[],
    p_state text[], p_opened timestamptz[], p_closed timestamptz[], p_performer text[]
) returns void language plpgsql as $$
begin
    for i in 1 .. cardinality(p_id) loop
        if p_seen[i] = 0 then
            insert into queue (key, groups) values (p_queue[i], string_to_array(p_queue[i], '|'))
            on conflict do nothing;
            insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority,
                              excluded, assignee, state, opened_at, closed_at, performer)
            values (p_tree, p_id[i], 1, p_instance[i], p_element[i], p_name[i], p_form[i], p_form_version[i],
                    p_queue[i], p_stage[i], p_priority[i], p_excluded[i], p_assignee[i], p_state[i], p_opened[i],
                    p_closed[i], p_performer[i]);
            continue;
        end if;
        update task
        set assignee = p_assignee[i], state = p_state[i], closed_at = p_closed[i], performer = p_performer[i],
            version = version + 1
        where tree = p_tree and id = p_id[i] and version = p_seen[i];
        if not found then
            raise exception 'task % of tree % changed meanwhile', p_id[i], p_tree using errcode = '40001';
        end if;
        if p_state[i] <> 'open' then
            -- What was typed is in the log now, or nobody's business any more.
            delete from task_draft where tree = p_tree and task = p_id[i];
        end if;
    end loop;
end $$;

create function write_task_draft(
    p_tree bigint, p_task int[], p_seen int[], p_data text[], p_editor text[], p_saved timestamptz[]
) returns void language plpgsql as $$
declare
    written int;
begin
    insert into task_draft as d (tree, task, version, data, editor, saved_at)
    select p_tree, x.task, x.seen + 1, x.data, x.editor, x.saved
    from unnest(p_task, p_seen, p_data, p_editor, p_saved) as x(task, seen, data, editor, saved)
    on conflict (tree, task) do update
    set version = excluded.version, data = excluded.data, editor = excluded.editor, saved_at = excluded.saved_at
    where d.version = excluded.version - 1;
    get diagnostics written = row_count;
    if written <> cardinality(p_task) then
        raise exception 'a draft of tree % changed meanwhile', p_tree using errcode = '40001';
    end if;
end $$;
