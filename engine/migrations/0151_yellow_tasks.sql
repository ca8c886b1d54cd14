-- A task is yellow from its warning to its end. No order of tasks has both, but how long that is at the most for any task that has
-- stood in a queue bounds the yellow ones in the order in which they are due.
alter table queue add column warned_for interval not null default '0';
update queue q set warned_for = make_interval(days => ceil(extract(epoch from t.longest) / 86400)::int)
from (select queue, max(due_at - warn_at) as longest from task group by 1) t where t.queue = q.key and t.longest is not null;

create or replace function write_task(
    p_tree bigint, p_id int[], p_seen int[], p_instance int[], p_element text[], p_name text[], p_form text[],
    p_form_version int[], p_queue text[], p_stage text[], p_priority int[], p_excluded text[], p_assignee text[],
    p_state text[], p_opened timestamptz[], p_closed timestamptz[], p_performer text[], p_warn timestamptz[],
    p_due timestamptz[], p_parent int[], p_owner text[]
) returns void language plpgsql as $$
declare
    known interval;
begin
    for i in 1 .. cardinality(p_id) loop
        if p_state[i] = 'open' then
            select q.warned_for into known from queue q where q.key = p_queue[i];
            if not found then
                insert into queue (key, groups) values (p_queue[i], string_to_array(p_queue[i], '|'))
                on conflict do nothing;
            end if;
            if coalesce(known, '0') < p_due[i] - p_warn[i] then
                -- Whole days, so that a queue is written a few times and never again.
                update queue
                set warned_for = make_interval(days => ceil(extract(epoch from p_due[i] - p_warn[i]) / 86400)::int)
                where key = p_queue[i] and warned_for < p_due[i] - p_warn[i];
            end if;
        end if;
        if p_seen[i] = 0 then
            insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority,
                              excluded, assignee, state, opened_at, closed_at, performer, warn_at, due_at, parent, owner)
            values (p_tree, p_id[i], 1, p_instance[i], p_element[i], p_name[i], p_form[i], p_form_version[i],
                    p_queue[i], p_stage[i], p_priority[i], p_excluded[i], p_assignee[i], p_state[i], p_opened[i],
                    p_closed[i], p_performer[i], p_warn[i], p_due[i], p_parent[i], p_owner[i]);
            continue;
        end if;
        update task
        set assignee = p_assignee[i], state = p_state[i], closed_at = p_closed[i], performer = p_performer[i],
            warn_at = p_warn[i], due_at = p_due[i], owner = p_owner[i], version = version + 1
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
