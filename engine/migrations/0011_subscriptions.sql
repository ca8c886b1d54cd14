-- The messages and signals that elements wait for.
create table subscription (
    tree bigint not null,
    id int not null,
    instance int not null,
    element text not null,
    name text not null,
    -- The activity that a boundary event stands on; empty for others.
    attached_to text not null,
    kind text not null check (kind in ('message', 'signal')),
    -- Name of the message or signal, and the key by which messages of one name are told apart; signals have none.
    message text not null,
    key text not null,
    state text not null check (state in ('open', 'correlated', 'closed')),
    opened_at timestamptz not null,
    ended_at timestamptz,
    primary key (tree, id)
) with (fillfactor = 80);
alter table subscription alter column tree set (n_distinct = -0.2);
create index subscription_open on subscription (message, key, tree, id) where state = 'open';

create function write_subscription(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[], p_kind text[],
    p_message text[], p_key text[], p_state text[], p_opened timestamptz[], p_ended timestamptz[]
) returns void language sql as $$
    insert into subscription (
        tree, id, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at
    )
    select p_tree, x.* from unnest(
        p_id, p_instance, p_element, p_name, p_attached_to, p_kind, p_message, p_key, p_state, p_opened, p_ended
    ) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at
$$;
