-- What was attached to which host, by whom, and what became of it; under the number of its instance.
create table procedure (
    tree bigint not null,
    id int not null,
    verb text not null,
    host_instance int not null,
    -- Null and empty when the host is the instance as a whole.
    host_activity int,
    host_element text not null,
    state text not null check (state in ('open', 'completed', 'moot', 'cancelled')),
    started_at timestamptz not null,
    starter text not null,
    -- JSON text of the verb's form, and the words beside it.
    data text not null,
    comment text not null,
    -- Joined by bars: the effects that it had, and the end events that it reached.
    effects text not null,
    ended_at timestamptz,
    ends text not null,
    primary key (tree, id)
) with (fillfactor = 80);
alter table procedure alter column tree set (n_distinct = -0.5);
create index procedure_open on procedure (verb, started_at, tree, id) where state = 'open';

create function write_procedure(
    p_tree bigint, p_id int[], p_verb text[], p_host_instance int[], p_host_activity int[], p_host_element text[],
    p_state text[], p_started timestamptz[], p_starter text[], p_data text[], p_comment text[], p_effects text[],
    p_ended timestamptz[], p_ends text[]
) returns void language sql as $$
    insert into procedure (
        tree, id, verb, host_instance, host_activity, host_element, state, started_at, starter, data, comment, effects,
        ended_at, ends
    )
    select p_tree, x.*
    from unnest(
        p_id, p_verb, p_host_instance, p_host_activity, p_host_element, p_state, p_started, p_starter, p_data,
        p_comment, p_effects, p_ended, p_ends
    ) as x
    on conflict (tree, id) do update
    set state = excluded.state, effects = excluded.effects, ended_at = excluded.ended_at, ends = excluded.ends
$$;
