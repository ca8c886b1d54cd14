-- How many claims in a row ended without a result, because whoever held one died.
alter table delivery add column lost int not null default 0;

-- Outside systems that were asked in vain, by anybody for anything, and until when they are left alone. System time.
create table target_circuit (
    target text primary key,
    -- In a row; the first success ends it.
    failures int not null,
    open_until timestamptz
) with (fillfactor = 80);

create or replace function write_delivery(
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
        revision = x.revision, leased_until = null, lost = 0
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

-- As before, but for targets that are left alone; a claim that replaces one without a result counts it as lost.
create or replace function claim_deliveries(p_now timestamptz, p_busy text[], p_limit int, p_seconds float8)
returns setof delivery language sql as $$
    with due as materialized (
        select d.tree, d.id from delivery d
        where d.state = 'open' and d.next_at <= (select coalesce(p_now, clock_timestamp()))
          and (d.leased_until is null or d.leased_until <= clock_timestamp())
          and d.target <> all (p_busy)
          and d.target <> all (array(select c.target from target_circuit c where c.open_until > clock_timestamp()))
          and not exists (select from delivery b where b.tree = d.tree and b.target = d.target and b.id < d.id
                          and b.state in ('open', 'failed'))
        order by d.next_at, d.tree, d.id limit p_limit
        for update of d skip locked
    )
    update delivery d
    set lease = d.lease + 1, leased_until = clock_timestamp() + make_interval(secs => p_seconds),
        lost = d.lost + (d.leased_until is not null)::int
    from due where d.tree = due.tree and d.id = due.id
    returning d.*
$$;

-- One more try in vain: from the fifth in a row on the target is left alone, twice as long each time, up to p_longest.
create function note_failure(p_target text, p_most int, p_first interval, p_longest interval) returns void language sql as $$
    insert into target_circuit as c (target, failures) values (p_target, 1)
    on conflict (target) do update
    set failures = c.failures + 1,
        open_until = case when c.failures + 1 >= p_most
            then clock_timestamp() + least(p_first * power(2, least(c.failures + 1 - p_most, 20)), p_longest) end
$$;
