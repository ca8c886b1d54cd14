-- Damage to a sound database, each with the laws that it breaks; some cannot be broken alone. 999999 is no tree.

-- breaks: every event belongs to a tree
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, 1, type, version, at, actor, payload, hash from event limit 1

-- breaks: every tree has events
insert into tree (id, version, seq, hash, state, open)
select 999999, 0, 0, decode(repeat('00', 32), 'hex'), state, '{}' from tree
where id = (select tree from cases where not is_open)

-- breaks: every row belongs to a tree
insert into fault values (999999, 1, 1, 'x', 'x', 'x', 'x', 'cleared', now(), now())

-- breaks: one version per committed command
update tree set version = version + 1 where id = (select tree from cases where is_open)

-- breaks: the last event of a commit says how many it has
update event set closes = null where tree = (select tree from cases where is_open)

-- breaks: no task warns longer before its end than its queue says
update queue set warned_for = '0'

-- breaks: every row belongs to a tree; an open instance waits for someone or something
insert into instance (tree, id, definition_key, definition_sha, state, started_at)
select 999999, 1, definition_key, definition_sha, 'active', now() from instance limit 1

-- breaks: every row belongs to a tree; an ended instance leaves nothing open
with ended as (
    insert into instance (tree, id, definition_key, definition_sha, state, started_at)
    select 999999, 1, definition_key, definition_sha, 'cancelled', now() from instance limit 1
)
insert into fault values (999999, 1, 1, 'x', 'x', 'x', 'x', 'open', now(), null)

-- breaks: every row belongs to a tree; a completed instance reached an end
insert into instance (tree, id, definition_key, definition_sha, state, started_at)
select 999999, 1, definition_key, definition_sha, 'completed', now() from instance limit 1

-- breaks: every event belongs to a tree; a task is completed at most once
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, type, version, at, actor, payload, hash
from generate_series(1, 2) n, (select * from event where type = 'TaskCompleted' limit 1) e

-- breaks: every row belongs to a tree; a part is open no longer than its task
insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority, excluded, assignee,
                  state, opened_at, parent)
select 999999, 1, 1, 1, 'x', 'x', '', 0, queue, '', 50, '', null, 'open', now(), 9 from task limit 1

-- breaks: every event belongs to a tree; a timer ends at most once
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, 'TimerFired', 1, now(), 'x', '{"timer": 1}', '' from generate_series(1, 2) n

-- breaks: every row belongs to a tree; no timer fires early
insert into timer values (999999, 1, 1, 'x', 'x', '', now() + interval '1 hour', 'fired', now(), now())

-- breaks: every row belongs to a tree; no timer is left lying
insert into timer values (999999, 1, 1, 'x', 'x', '', now() - interval '1 hour', 'armed', now(), null)

-- breaks: every event belongs to a tree; a delivery ends at most once
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, 'DeliveryCompleted', 1, now(), 'x', '{"delivery": 1}', '' from generate_series(1, 2) n

-- breaks: every row belongs to a tree; a delivery that failed is a fault
insert into delivery values (999999, 1, 1, 'x', 'x', 'x', 'x', '{}', '{}', 'failed', 1, 1, now(), now(), null, '', '', '', 0)

-- breaks: every row belongs to a tree; no delivery is left lying
insert into delivery values (999999, 1, 1, 'x', 'x', 'x', 'x', '{}', '{}', 'open', 1, 0, now() - interval '1 hour', now(), null, '', '', '', 0)

-- breaks: every row belongs to a tree; every event belongs to a tree; deliveries of a case to one target keep their order
with sent as (
    insert into event (tree, seq, type, version, at, actor, payload, hash)
    select 999999, 3 - n, 'DeliveryCompleted', 1, now(), 'x', format('{"delivery": %s}', n), ''
    from generate_series(1, 2) n
)
insert into delivery
select 999999, n, 1, 'x', 'x', 'x', 'x', '{}', '{}', 'done', 1, 0, now(), now(), now(), '', '', '', 0 from generate_series(1, 2) n

-- breaks: every row belongs to a tree; every event belongs to a tree; an outside system answers only what it was asked
with answered as (
    insert into event (tree, seq, type, version, at, actor, payload, hash)
    values (999999, 1, 'DeliveryCompleted', 1, now(), 'source:y', '{"delivery": 1}', '')
)
insert into delivery values (999999, 1, 1, 'x', 'x', 'x', 'x', '{}', '{}', 'done', 1, 0, now(), now(), now(), '', '', '', 0)

-- breaks: an answer of an outside system that was taken moved its case
insert into idempotency select 'source:x', 'x', '', 'done', '{"taken": true, "delivery": 9}', tree from cases where is_open

-- breaks: an answer of an outside system that was taken moved its case; an answer of an outside system has one effect
insert into idempotency
select 'source:x', n::text, '', 'done', '{"taken": true, "delivery": 9}', tree from cases, generate_series(1, 2) n where is_open

-- breaks: every event belongs to a tree; a subscription ends at most once
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, 'SubscriptionClosed', 1, now(), 'x', '{"subscription": 1}', '' from generate_series(1, 2) n

-- breaks: every event belongs to a tree; a message reaches one subscription at most
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, 'SubscriptionCorrelated', 1, now(), 'x', format('{"subscription": %s, "message": 1}', n), ''
from generate_series(1, 2) n

-- breaks: a message is used up by the one who took it
insert into message (name, key, variables, sender, state, is_wanted, received_at, expires_at, ended_at, tree, subscription)
select 'x', 'x', '{}', 'x', 'consumed', false, now(), now(), now(), tree, 9 from cases where is_open

-- breaks: every row belongs to a tree; no message waits beside its one receiver
with receiver as (
    insert into subscription values (999999, 1, 1, 'x', 'x', '', 'message', 'x', 'x', 'open', now(), null)
)
insert into message (name, key, variables, sender, state, is_wanted, received_at, expires_at)
values ('x', 'x', '{}', 'x', 'open', false, now(), now() + interval '1 hour')

-- breaks: only the version in force begins by a timer
insert into start_timer (process, place, number, due_at, armed_at)
select key, 0, number, now() + interval '1 hour', now() from definition where kind = 'process' and state = 'published' limit 1

-- breaks: only the version in force begins by a timer; no timer of a process is left lying
insert into start_timer (process, place, number, due_at, armed_at)
values ('nothing', 0, 1, now() - interval '1 hour', now())

-- breaks: every row belongs to a tree; a called instance ends with its caller; an open instance waits for someone or something
insert into instance (tree, id, definition_key, definition_sha, state, started_at, caller)
select 999999, n, definition_key, definition_sha, case n when 1 then 'cancelled' else 'active' end, now(), nullif(n - 1, 0)
from generate_series(1, 2) n, (select * from instance limit 1) i

-- breaks: every queue in use is known
delete from queue

-- breaks: every running version is stored
delete from definition

-- breaks: a draft belongs to an open task
insert into task_draft select tree, id, 1, '{}', 'x', now() from task where state = 'completed' limit 1

-- breaks: a successful key of a case names a case
insert into idempotency values ('x', 'x', '', 'done', '{}', 999999)

-- breaks: every event belongs to a tree; no event is without a month
insert into event (tree, seq, type, version, at, actor, payload, hash, recorded_at)
select 999999, 1, type, version, at, actor, payload, hash, '1999-01-01' from event limit 1

-- breaks: every case has its tree
insert into cases
select (json_populate_record(c, '{"tree": 999999, "number": "x"}')).* from cases c limit 1

-- breaks: everything known of a reporter is that which the log has the hash of
update personal set value = '李四' where field = 1

-- breaks: every shown medium belongs to a case
insert into case_media select 999999, media, linked_by, linked_at from case_media

-- breaks: the security chain holds
update security_event set actor = 'x' where seq = 3

-- breaks: the chain of a tree holds
update event set hash = '' where tree = (select tree from cases where is_open) and seq = 2

-- breaks: open tasks are those of the engine
update tree set open = open - 'task' where id = (select tree from cases where is_open)

-- breaks: open faults are those of the engine
update tree set open = open || '{"fault": [9]}' where id = (select tree from cases where is_open)

-- breaks: armed timers are those of the engine
update tree set open = open || '{"timer": [9]}' where id = (select tree from cases where is_open)

-- breaks: open deliveries are those of the engine
update tree set open = open || '{"delivery": [9]}' where id = (select tree from cases where is_open)

-- breaks: open subscriptions are those of the engine
update tree set open = open || '{"subscription": [9]}' where id = (select tree from cases where is_open)

-- breaks: open procedures are those of the engine
update tree set open = open || '{"procedure": [9]}' where id = (select tree from cases where is_open)

-- breaks: subscription equals its recomputation
insert into subscription
select tree, 9, 1, 'x', 'x', '', 'signal', 'x', '', 'closed', now(), now() from cases where is_open

-- breaks: procedure equals its recomputation
insert into procedure
select tree, 9, 'x', 1, null, 'x', 'moot', now(), 'x', '{}', '', '', now(), '' from cases where is_open

-- breaks: deadline equals its recomputation
update deadline set unit = 'x' where ending is null

-- breaks: delivery equals its recomputation
insert into delivery
select tree, 9, 1, 'x', 'x', 'x', 'x', '{}', '{}', 'cancelled', 1, 0, now(), now(), now(), '', '', '', 0 from cases where is_open

-- breaks: timer equals its recomputation
insert into timer select tree, 9, 1, 'x', 'x', '', now(), 'cancelled', now(), now() from cases where is_open

-- breaks: an open instance waits for someone or something; live instances are those of the engine; instance equals its recomputation
insert into instance (tree, id, definition_key, definition_sha, state, started_at)
select distinct on (tree) tree, 999, definition_key, definition_sha, 'active', now() from instance where state = 'active'

-- breaks: task equals its recomputation
update task set name = 'x' where state = 'open'

-- breaks: fault equals its recomputation
insert into fault select tree, 9, 1, 'x', 'x', 'x', 'x', 'cleared', now(), now() from cases where is_open

-- breaks: cases equals its recomputation
update cases set stage = 'x' where is_open

-- breaks: case_media equals its recomputation
update case_media set linked_at = now()

-- breaks: escalation equals its recomputation
insert into escalation
select tree, id, instance, 'x', 'x', 'x', '', id, name, stage, unit, started_at, due_at, started_at, 'acknowledged', now(), '', ''
from deadline where ending = 'met' limit 1

-- breaks: an escalation is never raised for a deadline that has ended; escalation equals its recomputation
insert into escalation
select tree, id, instance, 'x', 'x', 'x', '', id, name, stage, unit, started_at, due_at, ended_at + interval '1 minute', 'acknowledged', now(), '', ''
from deadline where ending = 'met' limit 1

-- breaks: an escalation is raised once the deadline warns; escalation equals its recomputation
insert into escalation
select tree, id, instance, 'x', 'x', 'x', '', id, name, stage, unit, warn_at, due_at, started_at, 'acknowledged', now(), '', ''
from deadline where ending = 'met' limit 1

-- breaks: an escalation waits for notice only while its deadline stands where it was told; escalation equals its recomputation
insert into escalation
select tree, id, instance, 'x', 'x', 'x', '', id, name, stage, unit, started_at, due_at, now(), 'open', null, '', ''
from deadline where ending is null limit 1

-- breaks: an escalation waits for notice as long as its task does; escalation equals its recomputation
insert into escalation
select tree, id, instance, 'x', 'x', 'x', '', id, name, stage, unit, started_at, due_at, now(), 'acknowledged', now(), '', ''
from deadline where ending is null limit 1

-- breaks: each step of a ladder is climbed once; escalation equals its recomputation
insert into escalation
select k.tree, k.id, 1, 'x', 'x', 'x', '', d.id, d.name, d.stage, d.unit, d.started_at, d.due_at, d.started_at,
    'acknowledged', now(), '', ''
from task k cross join lateral (
    select * from deadline d where d.tree = k.tree and d.ending = 'met' order by d.id limit 1
) d where k.state <> 'open' and k.tree = (select tree from cases where not is_open)

-- breaks: every event belongs to a tree; a deadline warns once of the moment at which it is due
insert into event (tree, seq, type, version, at, actor, payload, hash)
select 999999, n, 'DeadlineWarned', 1, now(), 'x', '{"deadline": 1}', '' from generate_series(1, 2) n

-- breaks: no deadline is left without its warning; deadline equals its recomputation
update deadline set warn_at = now() - interval '1 hour' where ending is null
