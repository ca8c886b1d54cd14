-- What was answered under a caller's key: a repeated request gets the same answer, to the letter.
create table idempotency (
    actor text not null,
    key text not null,
    fingerprint bytea not null,
    outcome text not null,
    body text not null,
    tree bigint,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (actor, key)
);
create index idempotency_age on idempotency using brin (recorded_at) with (pages_per_range = 16);

-- Raises 40001 when the key has been answered meanwhile: the caller reloads and finds the answer.
create function take_key(
    p_actor text, p_key text, p_fingerprint bytea, p_outcome text, p_body text, p_tree bigint
) returns void language plpgsql as $$
begin
    insert into idempotency (actor, key, fingerprint, outcome, body, tree)
    values (p_actor, p_key, p_fingerprint, p_outcome, p_body, p_tree)
    on conflict do nothing;
    if not found then
        raise exception 'key % of % was answered meanwhile', p_key, p_actor using errcode = '40001';
    end if;
end $$;

-- Forget keys older than a week, at most p_limit at a time so that no transaction is long; how many went.
create function purge_keys(p_limit int) returns int language sql as $$
    with old as (
        select actor, key from idempotency where recorded_at < clock_timestamp() - interval '7 days' limit p_limit
    ), gone as (
        delete from idempotency i using old where i.actor = old.actor and i.key = old.key returning 1
    )
    select count(*)::int from gone
$$;
