-- A border that goes on waiting opens one subscription after another: the first of them, by which a signal finds whichever
-- is open when it arrives; 0 for that first one.
alter table subscription add column origin int not null default 0;

-- Signals go to everybody, so those who wait for one need not wait for each other: only who throws it must see them all.
create function lock_signals(p_name text[]) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(x.box) from (
        select distinct hashtextextended('', hashtextextended(u.name, 0)) as box from unnest(p_name) as u(name) order by 1
    ) x;
end $$;

drop function write_subscription(
    bigint, int[], int[], text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[]
);
create function write_subscription(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[], p_kind text[],
    p_message text[], p_key text[], p_state text[], p_opened timestamptz[], p_ended timestamptz[], p_origin int[]
) returns void language plpgsql as $$
begin
    perform lock_mailboxes(array_agg(x.name), array_agg(x.key)) from unnest(p_kind, p_message, p_key) as x(kind, name, key)
    where x.kind = 'message';
    perform lock_signals(array_agg(x.name)) from unnest(p_kind, p_message) as x(kind, name) where x.kind = 'signal';
    insert into subscription (
        tree, id, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at, origin
    )
    select p_tree, x.* from unnest(
        p_id, p_instance, p_element, p_name, p_attached_to, p_kind, p_message, p_key, p_state, p_opened, p_ended, p_origin
    ) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at;
    -- One that has ended may have been one too many.
    update message m set is_wanted = true
    from unnest(p_kind, p_message, p_key) as x(kind, name, key)
    where x.kind = 'message' and m.name = x.name and m.key = x.key and m.state = 'open' and not m.is_wanted;
end $$;

-- Everybody who waits for a signal at this moment becomes an item of a batch; without anybody there is no batch, and null.
-- The tree that throws it has told its own already.
create function broadcast_signal(
    p_name text, p_variables text, p_sender text, p_thrower bigint
) returns bigint language plpgsql as $$
declare
    found_batch bigint;
    found_items int;
begin
    perform lock_mailboxes(array[p_name], array['']);
    insert into batch (kind, state, total, requested_by, requested_at)
    select 'signal', 'running', count(*), 'system:signal', clock_timestamp() from subscription s
    where s.message = p_name and s.key = '' and s.state = 'open' and s.kind = 'signal' and s.tree <> p_thrower
    having count(*) > 0
    returning id, total into found_batch, found_items;
    insert into batch_item (batch, place, item)
    select found_batch, row_number() over (order by s.tree, s.id), json_build_object(
        'tree', s.tree, 'subscription', coalesce(nullif(s.origin, 0), s.id), 'signal', p_name,
        'variables', p_variables::json, 'sender', p_sender
    )::text
    from subscription s
    where found_batch is not null
      and s.message = p_name and s.key = '' and s.state = 'open' and s.kind = 'signal' and s.tree <> p_thrower;
    return found_batch;
end $$;

-- Signals that a tree throws go out with its commit, in the order in which they were thrown.
create function throw_signals(
    p_tree bigint, p_id int[], p_name text[], p_variables text[], p_element text[]
) returns void language plpgsql as $$
declare
    thrown record;
begin
    for thrown in
        select * from unnest(p_id, p_name, p_variables, p_element) as x(id, name, variables, element) order by x.id
    loop
        perform broadcast_signal(thrown.name, thrown.variables, 'tree:' || p_tree || '/' || thrown.element, p_tree);
    end loop;
end $$;
