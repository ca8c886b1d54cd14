"""Laws of the stored data that SQL alone can judge: each query answers the places where its law is broken."""

from __future__ import annotations

from collections.abc import Mapping

ENGINE_LAWS: Mapping[str, str] = {
    "every event belongs to a tree": """
        select distinct 'tree ' || e.tree from event e where not exists (select from tree t where t.id = e.tree)
    """,
    "every tree has events": """
        select 'tree ' || t.id from tree t where not exists (select from event e where e.tree = t.id)
    """,
    "every row belongs to a tree": """
        select r.name || ' of tree ' || r.tree from (
            select 'instance' as name, tree from instance union select 'task', tree from task
            union select 'draft', tree from task_draft union select 'fault', tree from fault
            union select 'timer', tree from timer union select 'subscription', tree from subscription
            union select 'delivery', tree from delivery
        ) r where not exists (select from tree t where t.id = r.tree)
    """,
    "one version per committed command": """
        select 'tree ' || t.id from tree t
        join (select tree, count(distinct xid) as commits from event group by tree) e on e.tree = t.id
        where e.commits <> t.version
    """,
    "the last event of a commit says how many it has": """
        select 'event ' || e.tree || '.' || max(e.seq) from event e join tree t on t.id = e.tree group by e.tree, e.xid
        having count(e.closes) <> 1 or count(*) <> max(e.closes)
            or max(e.seq) filter (where e.closes is not null) <> max(e.seq)
    """,
    "no task warns longer before its end than its queue says": """
        select 'task ' || t.tree || '.' || t.id from task t join queue q on q.key = t.queue
        where t.state = 'open' and t.due_at - t.warn_at > q.warned_for
    """,
    "an open instance waits for someone or something": """
        with recursive held as (
            select tree, id from instance where state = 'active' and paused_at is not null
            union select c.tree, c.id from held h join instance c on c.tree = h.tree and c.caller = h.id
        )
        select 'instance ' || i.tree || '.' || i.id from instance i
        where i.state = 'active'
          and not exists (select from held h where h.tree = i.tree and h.id = i.id)
          and not exists (select from task k where k.tree = i.tree and k.instance = i.id and k.state = 'open')
          and not exists (select from fault f where f.tree = i.tree and f.instance = i.id and f.state = 'open')
          and not exists (select from timer m where m.tree = i.tree and m.instance = i.id and m.state = 'armed')
          and not exists (select from delivery o where o.tree = i.tree and o.instance = i.id
                          and o.state in ('open', 'accepted', 'failed'))
          and not exists (select from subscription s where s.tree = i.tree and s.instance = i.id and s.state = 'open')
          and not exists (select from instance c where c.tree = i.tree and c.caller = i.id and c.state = 'active')
    """,
    "a called instance ends with its caller": """
        select 'instance ' || i.tree || '.' || i.id from instance i
        join instance c on c.tree = i.tree and c.id = i.caller where i.state = 'active' and c.state <> 'active'
    """,
    "an ended instance leaves nothing open": """
        select 'instance ' || i.tree || '.' || i.id from instance i
        where i.state <> 'active'
          and (exists (select from task k where k.tree = i.tree and k.instance = i.id and k.state = 'open')
               or exists (select from fault f where f.tree = i.tree and f.instance = i.id and f.state = 'open')
               or exists (select from timer m where m.tree = i.tree and m.instance = i.id and m.state = 'armed')
               or exists (select from delivery o where o.tree = i.tree and o.instance = i.id
                          and o.state in ('open', 'accepted', 'failed'))
               or exists (select from subscription s where s.tree = i.tree and s.instance = i.id and s.state = 'open'))
    """,
    "a completed instance reached an end": """
        select 'instance ' || i.tree || '.' || i.id from instance i
        where i.state = 'completed'
          and not exists (select from event e where e.tree = i.tree and e.type = 'InstanceCompleted'
                          and (e.payload::json ->> 'instance')::int = i.id)
    """,
    "a task is completed at most once": """
        select 'task ' || tree || '.' || (payload::json ->> 'task') from event where type = 'TaskCompleted'
        group by tree, payload::json ->> 'task' having count(*) > 1
    """,
    "a part is open no longer than its task": """
        select 'task ' || s.tree || '.' || s.id from task s
        where s.state = 'open' and s.parent <> 0 and not exists (
            select from task k where k.tree = s.tree and k.id = s.parent and k.state = 'open')
    """,
    "a timer ends at most once": """
        select 'timer ' || tree || '.' || (payload::json ->> 'timer') from event
        where type in ('TimerFired', 'TimerCancelled')
        group by tree, payload::json ->> 'timer' having count(*) > 1
    """,
    "a subscription ends at most once": """
        select 'subscription ' || tree || '.' || (payload::json ->> 'subscription') from event
        where type in ('SubscriptionCorrelated', 'SubscriptionClosed')
        group by tree, payload::json ->> 'subscription' having count(*) > 1
    """,
    "a message is used up by the one who took it": """
        select 'message ' || m.id from message m
        where m.state = 'consumed' and not exists (
            select from subscription s where s.tree = m.tree and s.id = m.subscription and s.state = 'correlated'
              and s.message = m.name and s.key = m.key)
          and not exists (
            select from event e where e.tree = m.tree and e.type = 'StartTriggered' and m.subscription = 0
              and (e.payload::json ->> 'message')::bigint = m.id)
    """,
    "a message reaches one subscription at most": """
        select 'message ' || (payload::json ->> 'message') from event
        where type in ('SubscriptionCorrelated', 'StartTriggered') and payload::json ->> 'message' is not null
        group by payload::json ->> 'message' having count(*) > 1
    """,
    "no message waits beside its one receiver": """
        select 'message ' || m.id from message m
        where m.state = 'open' and not m.is_wanted and m.refusal is null and m.begins is null
          and takers_of(m.name, m.key) = 1
    """,
    "no timer fires early": """
        select 'timer ' || tree || '.' || id from timer where state = 'fired' and ended_at < due_at
    """,
    "no timer is left lying": """
        select 'timer ' || tree || '.' || id from timer
        where state = 'armed' and due_at < clock_timestamp() - interval '2 minutes'
          and (leased_until is null or leased_until < clock_timestamp() - interval '2 minutes')
    """,
    "only the version in force begins by a timer": """
        select 'start timer ' || t.process || '.' || t.place from start_timer t
        where t.number is distinct from (
                select max(d.number) from definition d
                where d.kind = 'process' and d.key = t.process and d.state = 'published')
           or not exists (
                select from definition d where d.kind = 'process' and d.key = t.process and d.number = t.number
                  and exists (select from unnest(d.starts_by) s where s like 'timer:%'))
    """,
    "no timer of a process is left lying": """
        select 'start timer ' || process || '.' || place from start_timer
        where due_at < clock_timestamp() - interval '2 minutes'
          and (leased_until is null or leased_until < clock_timestamp() - interval '2 minutes')
    """,
    "a delivery ends at most once": """
        select 'delivery ' || tree || '.' || (payload::json ->> 'delivery') from event
        where type in ('DeliveryCompleted', 'DeliveryRejected', 'DeliverySkipped', 'DeliveryCancelled')
        group by tree, payload::json ->> 'delivery' having count(*) > 1
    """,
    "an outside system answers only what it was asked": """
        select 'delivery ' || e.tree || '.' || (e.payload::json ->> 'delivery') || ' by ' || e.actor from event e
        join delivery d on d.tree = e.tree and d.id = (e.payload::json ->> 'delivery')::int
        where e.type = 'DeliveryCompleted' and e.actor like 'source:%' and e.actor <> 'source:' || d.target
    """,
    "an answer of an outside system that was taken moved its case": """
        select 'answer ' || i.actor || ' ' || i.key from idempotency i
        where i.actor like 'source:%' and i.outcome = 'done' and i.body::json ->> 'taken' = 'true'
          and not exists (select from event e
                          where e.tree = i.tree and e.actor = i.actor and e.type = 'DeliveryCompleted'
                          and e.payload::json ->> 'delivery' = i.body::json ->> 'delivery')
    """,
    "an answer of an outside system has one effect": """
        select 'delivery ' || i.tree || '.' || (i.body::json ->> 'delivery') from idempotency i
        where i.actor like 'source:%' and i.outcome = 'done' and i.body::json ->> 'taken' = 'true'
        group by i.tree, i.body::json ->> 'delivery' having count(*) > 1
    """,
    "a delivery that failed is a fault": """
        select 'delivery ' || d.tree || '.' || d.id from delivery d
        where d.state = 'failed' and not exists (
            select from fault f where f.tree = d.tree and f.instance = d.instance and f.element = d.element
            and f.state = 'open')
    """,
    "no delivery is left lying": """
        select 'delivery ' || tree || '.' || id from delivery d
        where state = 'open' and next_at < clock_timestamp() - interval '10 minutes'
          and (leased_until is null or leased_until < clock_timestamp() - interval '10 minutes')
          and not exists (select from delivery b where b.tree = d.tree and b.target = d.target and b.id < d.id
                          and b.state in ('open', 'failed'))
    """,
    "deliveries of a case to one target keep their order": """
        with gone as (
            select tree, (payload::json ->> 'delivery')::int as id, min(seq) as seq,
                   min(seq) filter (where type in ('DeliveryAccepted', 'DeliveryCompleted', 'DeliveryRejected')) as sent
            from event
            where type in ('DeliveryAccepted', 'DeliveryCompleted', 'DeliveryRejected', 'DeliverySkipped',
                           'DeliveryCancelled')
            group by 1, 2
        )
        select 'delivery ' || d.tree || '.' || d.id from delivery d
        join gone g on g.tree = d.tree and g.id = d.id and g.sent is not null
        join delivery b on b.tree = d.tree and b.target = d.target and b.id < d.id
        left join gone h on h.tree = b.tree and h.id = b.id
        where h.seq is null or h.seq > g.sent
    """,
    "every queue in use is known": """
        select distinct 'queue ' || k.queue from task k where not exists (select from queue q where q.key = k.queue)
    """,
    "every running version is stored": """
        select distinct 'definition ' || encode(i.definition_sha, 'hex') from instance i
        where not exists (select from definition d where d.sha = i.definition_sha)
    """,
    "a draft belongs to an open task": """
        select 'task ' || d.tree || '.' || d.task from task_draft d
        where not exists (select from task k where k.tree = d.tree and k.id = d.task and k.state = 'open')
    """,
    "a successful key of a case names a case": """
        select 'key ' || i.actor || ' ' || i.key from idempotency i
        where i.outcome in ('created', 'done') and i.tree is not null
          and not exists (select from tree t where t.id = i.tree)
    """,
    "no event is without a month": "select 'tree ' || tree || ' event ' || seq from event_default",
}

HEAD = "select state, open from tree where id = $1"
OPEN_TASKS = "select id from task where tree = $1 and state = 'open'"
OPEN_FAULTS = "select id from fault where tree = $1 and state = 'open'"
OPEN_DELIVERIES = "select id from delivery where tree = $1 and state in ('open', 'accepted', 'failed')"
ARMED_TIMERS = "select id from timer where tree = $1 and state = 'armed'"
OPEN_PROCEDURES = "select id from procedure where tree = $1 and state = 'open'"
OPEN_SUBSCRIPTIONS = "select id from subscription where tree = $1 and state = 'open'"
ACTIVE_INSTANCES = "select id from instance where tree = $1 and state = 'active'"
