-- What outside systems are asked for.
create table delivery (
    tree bigint not null,
    -- Counted up within the tree: to one target, what has the lower number is sent first.
    id int not null,
    instance int not null,
    element text not null,
    name text not null,
    topic text not null,
    target text not null,
    payload text not null,
    headers text not null,
    state text not null check (state in ('open', 'accepted', 'failed', 'done', 'rejected', 'skipped', 'cancelled')),
    retries int not null,
    attempts int not null,
    -- Case time, like all moments of events.
    next_at timestamptz not null,
    requested_at timestamptz not null,
    ended_at timestamptz,
    -- Why the last try was in vain.
    code text not null,
    message_zh text not null,
    message_en text not null,
    revision int not null,
    -- Claims by workers, which are no events: how often it was claimed, and until when the last claim holds. System time.
    lease int not null default 0,
    leased_until timestamptz,
    primary key (tree, id)
) with (fillfactor = 80);
alter table delivery alter column tree set (n_distinct = -0.2);
create index delivery_due on delivery (next_at, tree, id) where state = 'open';
-- What stands before others to the same target.
create index delivery_turn on delivery (tree, target, id) where state in ('open', 'failed');
create index delivery_of_target on delivery (target, state) where state in ('open', 'accepted', 'failed');
create index delivery_newest on delivery (requested_at desc, tree desc, id desc);

-- A row that was claimed since it was loaded is a conflict: whoever changes a delivery must know that it is being sent.
create function write_delivery(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_topic text[], p_target text[],
    p_payload text[], p_headers text[], p_state text[], p_retries int[], p_attempts int[], p_next timestamptz[],
    p_requested timestamptz[], p_ended timestamptz[], p_code text[], p_message_zh text[], p_message_en text[],
    p_revision int[], p_lease int[]
) returns void language plpgsql as $$
declare
    written int;
    inserted int;
begin
    -- A payload is written when it is new and left alone otherwise.
    update delivery d
    set payload = coalesce(x.payload, d.payload), state = x.state, attempts = x.attempts, next_at = x.next_at,
        ended_at = x.ended_at, code = x.code, message_zh = x.message_zh, message_en = x.message_en,
        revision = x.revision, leased_until = null
    from unnest(p_id, p_payload, p_state, p_attempts, p_next, p_ended, p_code, p_message_zh, p_message_en, p_revision,
                p_lease) as x(id, payload, state, attempts, next_at, ended_at, code, message_zh, message_en, revision,
                              lease)
    where d.tree = p_tree and d.id = x.id and d.lease = x.lease;
    get diagnostics written = row_count;
    if written = cardinality(p_id) then
        return;
    end if;
    insert into delivery (tree, id, instance, element, name, topic, target, payload, headers, state, retries, attempts,
                          next_at, requested_at, ended_at, code, message_zh, message_en, revision)
    select p_tree, x.id, x.instance, x.element, x.name, x.topic, x.target, x.payload, x.headers, x.state, x.retries,
           x.attempts, x.next_at, x.requested_at, x.ended_at, x.code, x.message_zh, x.message_en, x.revision
    from unnest(p_id, p_instance, p_element, p_name, p_topic, p_target, p_payload, p_headers, p_state, p_retries,
                p_attempts, p_next, p_requested, p_ended, p_code, p_message_zh, p_message_en, p_revision)
        as x(id, instance, element, name, topic, target, payload, headers, state, retries, attempts, next_at,
             requested_at, ended_at, code, message_zh, message_en, revision)
    where x.payload is not null
    on conflict (tree, id) do nothing;
    get diagnostics inserted = row_count;
    if written + inserted <> cardinality(p_id) then
        raise exception 'a delivery of tree % was claimed meanwhile', p_tree using errcode = '40001';
    end if;
end $$;

-- Claim up to p_limit deliveries that are due at p_now, for p_seconds each; p_now null means now. Only what comes first
-- of its tree and target may be claimed, and nothing to the targets p_busy. Whoever is slower than the lease is
-- overtaken: the next claim counts it up, and a command under an older lease has no effect.
create function claim_deliveries(p_now timestamptz, p_busy text[], p_limit int, p_seconds float8)
returns setof delivery language sql as $$
    with due as materialized (
        select d.tree, d.id from delivery d
        where d.state = 'open' and d.next_at <= (select coalesce(p_now, clock_timestamp()))
          and (d.leased_until is null or d.leased_until <= clock_timestamp())
          and d.target <> all (p_busy)
          and not exists (select from delivery b where b.tree = d.tree and b.target = d.target and b.id < d.id
                          and b.state in ('open', 'failed'))
        order by d.next_at, d.tree, d.id limit p_limit
        for update of d skip locked
    )
    update delivery d
    set lease = d.lease + 1, leased_until = clock_timestamp() + make_interval(secs => p_seconds)
    from due where d.tree = due.tree and d.id = due.id
    returning d.*
$$;
