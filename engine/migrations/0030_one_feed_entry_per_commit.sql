-- The feed finds a commit by its last event, and the others by their key: one entry of the index for each commit.
alter table event add column closes smallint;
-- Events of one commit are of one moment, so that the month they lie in is known from the last of them.
update event e set recorded_at = c.at
from (select tree, xid, max(recorded_at) as at from event group by tree, xid) c
where e.tree = c.tree and e.xid = c.xid and e.recorded_at <> c.at;
update event e set closes = c.events
from (select tree, xid, max(seq) as last, count(*) as events from event group by tree, xid) c
where e.tree = c.tree and e.xid = c.xid and e.seq = c.last;
drop index event_feed;
create index event_feed on event (xid, tree, seq) where closes is not null;

-- In the functions of a flush each statement stands for itself: a function called from a function costs as much as a
-- small statement.
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
        values (k_actor, k_key, k_fingerprint, k_outcome, k_body, p_tree)
        on conflict do nothing;
        if not found then
            raise exception 'key % of % was answered meanwhile', k_key, k_actor using errcode = '40001';
        end if;
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
drop function check_configuration_epoch(bigint);
drop function move_tree(bigint, int, int, bytea, bytea, jsonb);
drop function append_events(bigint, int, timestamptz, text, text[], smallint[], text[], bytea[]);

-- Row by row, as in write_task: the update comes first because most rows are there, and because an insert that gives way
-- writes more to the log than either.
create or replace function write_timer(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[],
    p_due timestamptz[], p_state text[], p_armed timestamptz[], p_ended timestamptz[]
) returns void language plpgsql as $$
begin
    for i in 1 .. cardinality(p_id) loop
        update timer
        set state = p_state[i], ended_at = p_ended[i], due_at = p_due[i],
            -- Whoever has claimed it for a moment that holds no more must not keep it from the next one.
            leased_until = case when due_at is distinct from p_due[i] then null else leased_until end
        where tree = p_tree and id = p_id[i];
        if not found then
            insert into timer (tree, id, instance, element, name, attached_to, due_at, state, armed_at, ended_at)
            values (p_tree, p_id[i], p_instance[i], p_element[i], p_name[i], p_attached_to[i], p_due[i], p_state[i],
                    p_armed[i], p_ended[i]);
        end if;
    end loop;
end $$;
