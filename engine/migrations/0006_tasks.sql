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
create index task_queue on task (queue, opened_at, tree, id) where state = 'open';
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
create function write_task(
    p_tree bigint, p_id int[], p_seen int[], p_instance int[], p_element text[], p_name text[], p_form text[],
    p_form_version int[], p_queue text[], p_stage text[], p_priority int[], p_excluded text[], p_assignee text[], p_state text[],
    p_opened timestamptz[], p_closed timestamptz[], p_performer text[]
) returns void language plpgsql as $$
declare
    known int;
    written int;
begin
    update task t
    set assignee = x.assignee, state = x.state, closed_at = x.closed, performer = x.performer, version = t.version + 1
    from unnest(p_id, p_seen, p_assignee, p_state, p_closed, p_performer)
        as x(id, seen, assignee, state, closed, performer)
    where x.seen > 0 and t.tree = p_tree and t.id = x.id and t.version = x.seen;
    get diagnostics written = row_count;
    select count(*) into known from unnest(p_seen) as seen where seen > 0;
    if written <> known then
        raise exception 'a task of tree % changed meanwhile', p_tree using errcode = '40001';
    end if;
    -- What was typed is in the log now, or nobody's business any more.
    delete from task_draft d using unnest(p_id, p_state) as x(id, state)
    where x.state <> 'open' and d.tree = p_tree and d.task = x.id;
    if known < cardinality(p_id) then
        insert into queue (key, groups)
        select distinct q, string_to_array(q, '|') from unnest(p_queue, p_seen) as x(q, seen) where seen = 0
        on conflict do nothing;
        insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority,
                          excluded, assignee, state, opened_at, closed_at, performer)
        select p_tree, x.id, 1, x.instance, x.element, x.name, x.form, x.form_version, x.queue, x.stage, x.priority,
               x.excluded, x.assignee, x.state, x.opened, x.closed, x.performer
        from unnest(p_id, p_seen, p_instance, p_element, p_name, p_form, p_form_version, p_queue, p_stage, p_priority,
                    p_excluded, p_assignee, p_state, p_opened, p_closed, p_performer)
            as x(id, seen, instance, element, name, form, form_version, queue, stage, priority,
                 excluded, assignee, state, opened, closed, performer)
        where x.seen = 0;
    end if;
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
