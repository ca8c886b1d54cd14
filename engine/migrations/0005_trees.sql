-- The versioned root of everything one case owns.
create table tree (
    id bigint primary key,
    version int not null,
    -- Number and hash of the last event.
    seq int not null,
    hash bytea not null,
    -- Live engine state (engine/spiff/codec.py).
    state bytea not null,
    -- What is open, so that loading looks up rows by their whole key and never searches among those of a long past.
    -- Table to ids.
    open jsonb not null,
    created_at timestamptz not null default clock_timestamp()
) with (fillfactor = 70);
alter table tree alter column state set storage main;

create sequence tree_id as bigint increment by 64 start with 64;

create function move_tree(
    p_tree bigint, p_version int, p_seq int, p_hash bytea, p_state bytea, p_open jsonb
) returns void
language plpgsql as $$
begin
    if p_version = 0 then
        insert into tree (id, version, seq, hash, state, open)
        values (p_tree, 1, p_seq, p_hash, p_state, p_open)
        on conflict do nothing;
    else
        update tree
        set version = version + 1, seq = p_seq, hash = p_hash, state = p_state, open = p_open
        where id = p_tree and version = p_version;
    end if;
    if not found then
        raise exception 'tree % is no longer at version %', p_tree, p_version using errcode = '40001';
    end if;
end $$;

-- What a command on a tree writes whichever tables it touches: the key's answer, the head, the events. The locks are
-- taken in the order epoch, key, tree, rows, security head, everywhere.
create function flush_tree(
    p_tree bigint, p_epoch bigint, p_version int, p_seq int, p_hash bytea, p_state bytea, p_open jsonb, p_at timestamptz, p_actor text, p_types text[], p_versions smallint[], p_payloads text[], p_hashes bytea[],
    k_actor text, k_key text, k_fingerprint bytea, k_outcome text, k_body text
) returns void language plpgsql as $$
begin
    perform check_configuration_epoch(p_epoch);
    if k_key is not null then
        perform take_key(k_actor, k_key, k_fingerprint, k_outcome, k_body, p_tree);
    end if;
    if p_state is not null then
        perform move_tree(p_tree, p_version, p_seq, p_hash, p_state, p_open);
        perform append_events(p_tree, p_seq, p_at, p_actor, p_types, p_versions, p_payloads, p_hashes);
    end if;
end $$;

create table instance (
    tree bigint not null,
    id int not null,
    definition_key text not null,
    definition_sha bytea not null,
    state text not null check (state in ('active', 'completed', 'cancelled')),
    started_at timestamptz not null,
    ended_at timestamptz,
    primary key (tree, id)
) with (fillfactor = 80);
alter table instance alter column tree set (n_distinct = -0.2);
-- Said with other words than the load of a tree says it, which must never be served by this index.
create index instance_of_definition on instance (definition_sha) where ended_at is null;

create function write_instance(
    p_tree bigint, p_id int[], p_key text[], p_sha bytea[], p_state text[], p_started timestamptz[], p_ended timestamptz[]
) returns void language sql as $$
    insert into instance (tree, id, definition_key, definition_sha, state, started_at, ended_at)
    select p_tree, x.* from unnest(p_id, p_key, p_sha, p_state, p_started, p_ended) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at
$$;

create table fault (
    tree bigint not null,
    id int not null,
    instance int not null,
    element text not null,
    code text not null,
    message_zh text not null,
    message_en text not null,
    state text not null check (state in ('open', 'cleared')),
    raised_at timestamptz not null,
    cleared_at timestamptz,
    primary key (tree, id)
) with (fillfactor = 80);
alter table fault alter column tree set (n_distinct = -0.2);
create index fault_open on fault (raised_at, tree, id) where state = 'open';

create function write_fault(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_code text[], p_zh text[], p_en text[],
    p_state text[], p_raised timestamptz[], p_cleared timestamptz[]
) returns void language sql as $$
    insert into fault (tree, id, instance, element, code, message_zh, message_en, state, raised_at, cleared_at)
    select p_tree, x.*
    from unnest(p_id, p_instance, p_element, p_code, p_zh, p_en, p_state, p_raised, p_cleared) as x
    on conflict (tree, id) do update set state = excluded.state, cleared_at = excluded.cleared_at
$$;
