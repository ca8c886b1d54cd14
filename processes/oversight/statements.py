"""What is asked of the database; each statement takes the row scope's keys first."""

from __future__ import annotations

from typing import Final

#: Of the deadlines due next so many are weighed, and so many dots are drawn.
MOST_WEIGHED = 400
MOST_DOTS = 5_000
#: Heat is told of the newest instances only: what was long ago says little, and reading all of it takes long.
MOST_SAMPLED = 2_000

NOW: Final = "select coalesce($1::timestamptz, clock_timestamp())"

ARRIVALS: Final = """
select (c.reported_at at time zone $4)::date as day, count(*) as found
from cases c where c.reported_at >= $2 and c.reported_at < $3 and {scope} group by 1
"""
ENDINGS: Final = """
select (c.ended_at at time zone $4)::date as day, count(*) as found
from cases c where c.ended_at >= $2 and c.ended_at < $3 and {scope} group by 1
"""
OPEN: Final = "select count(*) from cases c where c.is_open and {scope}"

CLASSES: Final = """
select c.subcategory, count(*) as found from cases c where c.is_open and {scope} and {where} group by 1
"""

PRESSING: Final = f"""
select d.tree as case, c.number, c.subcategory, c.description, c.address, c.unit, c.community, c.street, c.stage,
    d.name as deadline, d.warn_at, d.due_at, coalesce(t.priority, 50) as priority, coalesce(t.name, '') as task_name,
    coalesce(t.element, '') as task_element, t.assignee, coalesce(t.queue, '') as queue,
    coalesce(p.name, '') as last_step, coalesce(p.element, '') as last_element, p.closed_at as last_step_at,
    (select count(*) from procedure o where o.tree = d.tree and o.verb = 'urge') as urged
from (
    select d.* from deadline d
    where d.ending is null and not d.is_paused and d.due_at is not null order by d.due_at limit {MOST_WEIGHED}
) d
join cases c on c.tree = d.tree
left join lateral (
    select name, element, assignee, queue, priority from task where tree = d.tree and state = 'open' order by id limit 1
) t on true
left join lateral (
    select name, element, closed_at from task where tree = d.tree and state = 'completed' order by id desc limit 1
) p on true
where {{scope}} and {{where}} order by d.due_at, d.tree, d.id
"""  # noqa: S608 - constants of this module

DOTS: Final = f"""
select c.tree as case, c.lon, c.lat, c.grid, c.stage, c.subcategory, l.lamp
from cases c left join (
    select d.tree, {{lamp}} as lamp from deadline d where d.ending is null group by d.tree
) l on l.tree = c.tree
where c.is_open and {{scope}} and {{where}} order by c.reported_at desc limit {MOST_DOTS}
"""  # noqa: S608 - constants of this module

_SAMPLE = f"""
with sampled as (
    select i.tree, i.id from instance i join cases c on c.tree = i.tree
    where i.definition_key = $2 and {{scope}} order by i.started_at desc limit {MOST_SAMPLED}
)
"""  # noqa: S608 - constants of this module
SAMPLED: Final = _SAMPLE + "select count(*) from sampled"  # noqa: S608 - constants of this module
PASSED: Final = (
    _SAMPLE
    + """
select p.element, count(*) as passed
from sampled s join event e on e.tree = s.tree and e.type = 'TokensMoved'
cross join lateral (select e.payload::jsonb as told) m
cross join lateral jsonb_array_elements_text(m.told -> 'path') as p(element)
where (m.told ->> 'instance')::int = s.id group by 1
"""
)
DONE: Final = f"""
{_SAMPLE}select w.element, count(*) as done, avg(w.ended - w.since) as taken,
    count(*) filter (where w.due_at < w.ended) as late, count(w.due_at) as bound
from sampled s cross join lateral (
    select element, opened_at as since, closed_at as ended, due_at
    from task where tree = s.tree and instance = s.id and state = 'completed'
    union all
    select caller_element, started_at, ended_at, null
    from instance where tree = s.tree and caller = s.id and state = 'completed'
) w group by 1
"""  # noqa: S608 - constants of this module
WAITING: Final = """
select w.element, count(*) as waiting, avg(n.now - w.since) as waited,
    count(*) filter (where w.due_at < n.now) as overdue
from (select coalesce($3::timestamptz, clock_timestamp()) as now) n, instance i
join cases c on c.tree = i.tree
join lateral (
    select element, opened_at as since, due_at from task where tree = i.tree and instance = i.id and state = 'open'
    union all
    select element, armed_at, due_at from timer
    where tree = i.tree and instance = i.id and state = 'armed' and attached_to = ''
    union all
    select n.caller_element, n.started_at, (
        select min(t.due_at) from task t where t.tree = n.tree and t.instance = n.id and t.state = 'open'
    ) from instance n where n.tree = i.tree and n.caller = i.id and n.ended_at is null
) w on true
where i.definition_key = $2 and i.ended_at is null and {scope} group by 1
"""
STALLED: Final = """
select f.element, count(*) as faulted from instance i join cases c on c.tree = i.tree
join fault f on f.tree = i.tree and f.instance = i.id and f.state = 'open'
where i.definition_key = $2 and i.ended_at is null and {scope} group by 1
"""
LATEST: Final = """
select number, source from definition where kind = 'process' and key = $1 order by number desc limit 1
"""
