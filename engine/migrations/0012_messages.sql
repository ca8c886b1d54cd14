-- Messages that were sent or thrown, until they reach whoever waits for them or their time is over.
create table message (
    id bigint generated always as identity primary key,
    name text not null,
    key text not null,
    -- JSON.
    variables text not null,
    -- ``Actor.id``, or the tree that threw it; and their own id for it, under which it is taken once.
    sender text not null,
    source text,
    state text not null check (state in ('open', 'consumed', 'expired')),
    -- Whether somebody may be waiting; set by whichever comes later, the message or its receiver.
    is_wanted boolean not null,
    -- Why whoever waits could not take it: a stable code.
    refusal text,
    -- Case time.
    received_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    -- Who took it.
    tree bigint,
    subscription int
) with (fillfactor = 80);
create unique index message_source on message (sender, name, source) where source is not null;
create index message_open on message (name, key) where state = 'open';
create index message_wanted on message (id) where state = 'open' and is_wanted;
create index message_expiring on message (expires_at) where state = 'open';
create index message_ended on message (ended_at) where state <> 'open';

-- Whoever adds a message or a receiver holds the lock of its name and key until the commit, and looks for the other kind
-- only then: so one of the two always sees the other. Locks are taken in one order, before any row of a message.
create function lock_mailboxes(p_name text[], p_key text[]) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(x.box) from (
        select distinct hashtextextended(u.key, hashtextextended(u.name, 0)) as box
        from unnest(p_name, p_key) as u(name, key) order by 1
    ) x;
end $$;

create or replace function write_subscription(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[], p_kind text[],
    p_message text[], p_key text[], p_state text[], p_opened timestamptz[], p_ended timestamptz[]
) returns void language plpgsql as $$
begin
    perform lock_mailboxes(p_message, p_key);
    insert into subscription (
        tree, id, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at
    )
    select p_tree, x.* from unnest(
        p_id, p_instance, p_element, p_name, p_attached_to, p_kind, p_message, p_key, p_state, p_opened, p_ended
    ) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at;
    -- One that has ended may have been one too many.
    update message m set is_wanted = true
    from unnest(p_kind, p_message, p_key) as x(kind, name, key)
    where x.kind = 'message' and m.name = x.name and m.key = x.key and m.state = 'open' and not m.is_wanted;
end $$;

-- Up to two who wait for a message now.
create function receivers_of(p_name text, p_key text) returns int language sql as $$
    select count(*)::int from (
        select from subscription s
        where s.message = p_name and s.key = p_key and s.state = 'open' and s.kind = 'message' limit 2
    ) x
$$;

-- Take a message in, once for each sender and source.
create function publish_message(
    p_name text, p_key text, p_variables text, p_sender text, p_source text, p_now timestamptz, p_keep interval
) returns table (message bigint, is_new boolean, receivers int) language plpgsql as $$
begin
    perform lock_mailboxes(array[p_name], array[p_key]);
    receivers := receivers_of(p_name, p_key);
    insert into message as m (name, key, variables, sender, source, state, is_wanted, received_at, expires_at)
    values (p_name, p_key, p_variables, p_sender, p_source, 'open', receivers > 0, p_now, p_now + p_keep)
    on conflict (sender, name, source) where source is not null do nothing
    returning m.id into message;
    is_new := message is not null;
    if not is_new then
        select m.id into message from message m
        where m.sender = p_sender and m.name = p_name and m.source = p_source;
    end if;
    return next;
end $$;

-- Messages that a tree throws are taken in with its commit.
create function throw_messages(
    p_tree bigint, p_id int[], p_name text[], p_key text[], p_variables text[], p_at timestamptz[], p_expires timestamptz[]
) returns void language plpgsql as $$
begin
    perform lock_mailboxes(p_name, p_key);
    insert into message (name, key, variables, sender, source, state, is_wanted, received_at, expires_at)
    select x.name, x.key, x.variables, 'tree:' || p_tree, x.id::text, 'open', receivers_of(x.name, x.key) > 0, x.at, x.expires
    from unnest(p_id, p_name, p_key, p_variables, p_at, p_expires) as x(id, name, key, variables, at, expires)
    on conflict (sender, name, source) where source is not null do nothing;
end $$;

-- A message is used up by the commit in which it moves its receiver, or not at all.
create function consume_messages(
    p_tree bigint, p_message bigint[], p_subscription int[], p_at timestamptz[]
) returns void language plpgsql as $$
declare
    used int;
begin
    update message m set state = 'consumed', tree = p_tree, subscription = x.subscription, ended_at = x.at
    from unnest(p_message, p_subscription, p_at) as x(message, subscription, at)
    where m.id = x.message and m.state = 'open';
    get diagnostics used = row_count;
    if used <> cardinality(p_message) then
        raise exception 'a message was used up meanwhile' using errcode = '40001';
    end if;
end $$;

-- Nobody takes it now: let it lie until the next receiver comes or goes.
create function leave_message(p_message bigint, p_refusal text) returns void language plpgsql as $$
declare
    found_name text;
    found_key text;
begin
    select name, key into found_name, found_key from message where id = p_message;
    perform lock_mailboxes(array[found_name], array[found_key]);
    update message m set is_wanted = false, refusal = p_refusal
    where m.id = p_message and m.state = 'open'
      and (p_refusal is not null or receivers_of(m.name, m.key) <> 1);
end $$;

-- Messages whose time is over, and those that ended a week ago; at most p_limit of each, how many.
create function expire_messages(p_now timestamptz, p_limit int) returns int language sql as $$
    with moment as (
        select coalesce(p_now, clock_timestamp()) as now
    ), over as (
        select m.id from message m, moment where m.state = 'open' and m.expires_at <= moment.now
        order by m.expires_at limit p_limit for update of m skip locked
    ), expired as (
        update message m set state = 'expired', ended_at = moment.now from over, moment where m.id = over.id returning 1
    ), old as (
        delete from message m using moment where m.id in (
            select o.id from message o where o.state <> 'open' and o.ended_at < moment.now - interval '7 days' limit p_limit
        ) returning 1
    )
    select (select count(*) from expired)::int + (select count(*) from old)::int
$$;
