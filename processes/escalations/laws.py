"""Laws of the stored escalations that SQL alone can judge: each query answers the places where its law is broken."""

from __future__ import annotations

from collections.abc import Mapping

ESCALATION_LAWS: Mapping[str, str] = {
    "an escalation is never raised for a deadline that has ended": """
        select 'escalation ' || e.tree || '.' || e.id from escalation e
        left join deadline d on d.tree = e.tree and d.id = e.deadline
        where d.id is null or d.ended_at < date_trunc('second', e.raised_at)
    """,
    "an escalation is raised once the deadline warns": """
        select 'escalation ' || tree || '.' || id from escalation where warn_at is null or raised_at < warn_at
    """,
    "an escalation waits for notice only while its deadline stands where it was told": """
        select 'escalation ' || e.tree || '.' || e.id from escalation e
        join deadline d on d.tree = e.tree and d.id = e.deadline
        where e.state = 'open' and (d.ending is not null or not d.has_warned
            or (d.warn_at, d.due_at) is distinct from (e.warn_at, e.due_at))
    """,
    "an escalation waits for notice as long as its task does": """
        select 'escalation ' || e.tree || '.' || e.id from escalation e
        left join task k on k.tree = e.tree and k.id = e.id
        where k.id is null or (k.state = 'open') <> (e.state = 'open')
    """,
    "each step of a ladder is climbed once": """
        select 'escalation ' || tree || '.' || max(id) from escalation
        group by tree, instance, element having count(*) > 1
    """,
    "a deadline warns once of the moment at which it is due": """
        select 'deadline ' || tree || '.' || deadline from (
            select tree, deadline, type, lag(type) over (partition by tree, deadline order by seq) as before from (
                select tree, seq, type, payload::json ->> 'deadline' as deadline from event
                where type in ('DeadlineWarned', 'DeadlineStarted', 'DeadlineExtended', 'DeadlinePaused',
                               'DeadlineResumed', 'DeadlineRederived')
            ) of_deadlines
        ) in_order where type = 'DeadlineWarned' and before = type
    """,
    "no deadline is left without its warning": """
        select 'deadline ' || tree || '.' || id from deadline
        where ending is null and not has_warned and not is_paused
          and warn_at < clock_timestamp() - interval '2 minutes'
    """,
}
