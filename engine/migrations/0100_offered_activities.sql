-- Whoever offers an activity waits with a subscription for somebody who begins it.
alter table subscription drop constraint subscription_kind_check,
    add constraint subscription_kind_check check (kind in ('message', 'signal', 'condition', 'activity'));
-- To whom it is offered, as of a task; empty for whatever else is waited for.
alter table subscription add column queue text not null default '';

drop function write_subscription(
    bigint, int[], int[], text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[], int[]
);
create function write_subscription(
    p_tree bigint, p_id int[], p_instance int[], p_element text[], p_name text[], p_attached_to text[], p_kind text[],
    p_message text[], p_key text[], p_state text[], p_opened timestamptz[], p_ended timestamptz[], p_origin int[],
    p_queue text[]
) returns void language plpgsql as $$
begin
    perform lock_mailboxes(array_agg(x.name), array_agg(x.key)) from unnest(p_kind, p_message, p_key) as x(kind, name, key)
    where x.kind = 'message';
    perform lock_signals(array_agg(x.name)) from unnest(p_kind, p_message) as x(kind, name) where x.kind = 'signal';
    insert into subscription (
        tree, id, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at, origin, queue
    )
    select p_tree, x.* from unnest(
        p_id, p_instance, p_element, p_name, p_attached_to, p_kind, p_message, p_key, p_state, p_opened, p_ended, p_origin,
        p_queue
    ) as x
    on conflict (tree, id) do update set state = excluded.state, ended_at = excluded.ended_at;
    -- One that has ended may have been one too many.
    update message m set is_wanted = true
    from unnest(p_kind, p_message, p_key) as x(kind, name, key)
    where x.kind = 'message' and m.name = x.name and m.key = x.key and m.state = 'open' and not m.is_wanted;
end $$;
