-- The message or signal that begins a process, such as 'message:paid'; empty for one that is begun otherwise.
alter table definition add column starts_by text not null default '';
create index definition_starts on definition (starts_by, key) where starts_by <> '' and state = 'published';

alter table message drop constraint message_state_check;
alter table message add constraint message_state_check check (state in ('open', 'consumed', 'expired', 'dropped'));
-- How often whoever it was for could not take it; and who dropped it, why.
alter table message add column refusals int not null default 0;
alter table message add column dropped_by text, add column reason text;
create index message_refused on message (id) where state = 'open' and refusal is not null;

-- Keys of the processes whose latest published version something begins.
create function starters_of(p_starts_by text) returns text[] language sql as $$
    select coalesce(array_agg(d.key order by d.key), '{}') from definition d
    where d.starts_by = p_starts_by and d.kind = 'process' and d.state = 'published' and not exists (
        select from definition n
        where n.kind = 'process' and n.key = d.key and n.state = 'published' and n.number > d.number)
$$;

-- Who would take a message now: those who wait for it; nobody waiting, the processes that it begins.
create function takers_of(p_name text, p_key text) returns int language sql as $$
    select case when r.waiting > 0 then r.waiting else cardinality(starters_of('message:' || p_name)) end
    from (select receivers_of(p_name, p_key) as waiting) r
$$;

-- Whoever takes a message in holds this with others of its name; whoever publishes a process that it begins, alone.
create function lock_starts(p_names text[]) returns void language sql as $$
    select pg_advisory_xact_lock_shared(x.box) from (
        select distinct hashtextextended('start', hashtextextended(u.name, 1)) as box
        from unnest(p_names) as u(name) order by 1
    ) x
$$;
create function publish_start(p_starts_by text) returns void language plpgsql as $$
begin
    if p_starts_by like 'message:%' then
        perform pg_advisory_xact_lock(hashtextextended('start', hashtextextended(substr(p_starts_by, 9), 1)));
        update message set is_wanted = true where name = substr(p_starts_by, 9) and state = 'open' and not is_wanted;
    end if;
end $$;

drop function publish_message(text, text, text, text, text, timestamptz, interval);
create function publish_message(
    p_name text, p_key text, p_variables text, p_sender text, p_source text, p_now timestamptz, p_keep interval
) returns table (message bigint, is_new boolean, receivers int, starter text) language plpgsql as $$
begin
    perform lock_mailboxes(array[p_name], array[p_key]);
    perform lock_starts(array[p_name]);
    receivers := takers_of(p_name, p_key);
    if receivers_of(p_name, p_key) = 0 then
        starter := (starters_of('message:' || p_name))[1];
    end if;
    -- One that is not kept has its one receiver, and needs a moment to get there.
    insert into message as m (name, key, variables, sender, source, state, is_wanted, received_at, expires_at)
    values (p_name, p_key, p_variables, p_sender, p_source, 'open', receivers > 0, p_now,
            p_now + greatest(p_keep, interval '1 minute'))
    on conflict (sender, name, source) where source is not null do nothing
    returning m.id into message;
    is_new := message is not null;
    if not is_new then
        select m.id into message from message m
        where m.sender = p_sender and m.name = p_name and m.source = p_source;
    end if;
    return next;
end $$;

create or replace function throw_messages(
    p_tree bigint, p_id int[], p_name text[], p_key text[], p_variables text[], p_at timestamptz[], p_expires timestamptz[]
) returns void language plpgsql as $$
begin
    perform lock_mailboxes(p_name, p_key);
    perform lock_starts(p_name);
    insert into message (name, key, variables, sender, source, state, is_wanted, received_at, expires_at)
    select x.name, x.key, x.variables, 'tree:' || p_tree, x.id::text, 'open', takers_of(x.name, x.key) > 0, x.at, x.expires
    from unnest(p_id, p_name, p_key, p_variables, p_at, p_expires) as x(id, name, key, variables, at, expires)
    on conflict (sender, name, source) where source is not null do nothing;
end $$;

create or replace function leave_message(p_message bigint, p_refusal text) returns void language plpgsql as $$
declare
    found_name text;
    found_key text;
begin
    select name, key into found_name, found_key from message where id = p_message;
    perform lock_mailboxes(array[found_name], array[found_key]);
    perform lock_starts(array[found_name]);
    update message m set is_wanted = false, refusal = p_refusal, refusals = m.refusals + (p_refusal is not null)::int
    where m.id = p_message and m.state = 'open'
      and (p_refusal is not null or takers_of(m.name, m.key) <> 1);
end $$;

-- A signal also begins the processes that it is the beginning of, each in a tree of its own.
create or replace function broadcast_signal(
    p_name text, p_variables text, p_sender text, p_thrower bigint
) returns bigint language plpgsql as $$
declare
    found_batch bigint;
    found_items text[];
begin
    perform lock_mailboxes(array[p_name], array['']);
    select array_agg(x.item order by x.place) into found_items from (
        select row_number() over (order by s.tree, s.id) as place, json_build_object(
            'tree', s.tree, 'subscription', coalesce(nullif(s.origin, 0), s.id), 'signal', p_name,
            'variables', p_variables::json, 'sender', p_sender
        )::text as item
        from subscription s
        where s.message = p_name and s.key = '' and s.state = 'open' and s.kind = 'signal' and s.tree <> p_thrower
        union all
        select 1000000000 + u.place, json_build_object(
            'tree', nextval('tree_id'), 'process', u.process, 'signal', p_name, 'variables', p_variables::json,
            'sender', p_sender
        )::text
        from unnest(starters_of('signal:' || p_name)) with ordinality as u(process, place)
    ) x;
    if found_items is null then
        return null;
    end if;
    insert into batch (kind, state, total, requested_by, requested_at)
    values ('signal', 'running', cardinality(found_items), 'system:signal', clock_timestamp())
    returning id into found_batch;
    insert into batch_item (batch, place, item)
    select found_batch, u.place, u.item from unnest(found_items) with ordinality as u(item, place);
    return found_batch;
end $$;
