-- An insert that gives way writes a confirmation to the log, one that turns into an update a lock as well. A key that has been
-- answered meanwhile is a violation of its index, which callers take for the conflict that it is.
create or replace function flush_tree(
    p_tree bigint, p_epoch bigint, p_version int, p_seq int, p_hash bytea, p_state bytea, p_open jsonb, p_at timestamptz, p_actor text, p_types text[], p_versions smallint[], p_payloads text[], p_hashes bytea[],
    k_actor text, k_key text, k_fingerprint bytea, k_outcome text, k_body text
) returns void language plpgsql as $$
declare
    moment timestamptz := clock_timestamp();
    events int := cardinality(p_types);
begin
    -- A statement of its own: it has to see what was committed while the lock was waited for.
    perform pg_advisory_xact_lock_shared(7270002);
    if (select epoch from configuration_epoch) <> p_epoch then
        raise exception 'the configuration is no longer at epoch %', p_epoch using errcode = '40001';
    end if;
    if k_key is not null then
        insert into idempotency (actor, key, fingerprint, outcome, body, tree)
        values (k_actor, k_key, k_fingerprint, k_outcome, k_body, p_tree);
    end if;
    if p_state is null then
        return;
    end if;
    if p_version = 0 then
        insert into tree (id, version, seq, hash, state, open) values (p_tree, 1, p_seq, p_hash, p_state, p_open)
        on conflict do nothing;
    else
        update tree
        set version = p_version + 1, seq = p_seq, hash = p_hash, state = p_state, open = p_open
        where id = p_tree and version = p_version;
    end if;
    if not found then
        raise exception 'tree % is no longer at version %', p_tree, p_version using errcode = '40001';
    end if;
    insert into event (tree, seq, type, version, at, actor, payload, hash, recorded_at, closes)
    select p_tree, p_seq - events + x.place, x.type, x.version, p_at, p_actor, x.payload, x.hash, moment,
           case when x.place = events then events end
    from unnest(p_types, p_versions, p_payloads, p_hashes) with ordinality as x(type, version, payload, hash, place);
end $$;

-- Row by row, as in write_timer.
create or replace function write_instance(
    p_tree bigint, p_id int[], p_key text[], p_sha bytea[], p_caller int[], p_caller_element text[], p_state text[],
    p_started timestamptz[], p_ended timestamptz[], p_paused timestamptz[], p_reason text[]
) returns void language plpgsql as $$
begin
    for i in 1 .. cardinality(p_id) loop
        update instance
        set state = p_state[i], ended_at = p_ended[i], paused_at = p_paused[i], pause_reason = p_reason[i]
        where tree = p_tree and id = p_id[i];
        if not found then
            insert into instance (tree, id, definition_key, definition_sha, caller, caller_element, state, started_at,
                                  ended_at, paused_at, pause_reason)
            values (p_tree, p_id[i], p_key[i], p_sha[i], p_caller[i], p_caller_element[i], p_state[i], p_started[i],
                    p_ended[i], p_paused[i], p_reason[i]);
        end if;
    end loop;
end $$;
