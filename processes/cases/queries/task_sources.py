"""Where a list of tasks takes its tasks from: queues, a person, the cases of a unit, watched ones; each by a good plan.

Tasks offered to groups are found by queue (a set of groups) and stage: few pairs exist, and each is one range of the
indexes ``task_work`` and ``task_due`` in the order of the list. These and ``task_assignee`` hold whatever one's work
may be asked for, so that tasks are counted and chosen without their rows.

``offset 0`` keeps look-ups by key what they are: joined, they look dearer than reading whole tables to a planner that
cannot know how many tasks a caller may see.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.actors import Actor, is_person
from processes.cases.audience import group_key
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.pages import MOST_COUNTED
from processes.cases.scope import scope_of

_STORED = """
t.tree, t.id, t.name, t.element, t.stage, t.form, t.form_version, t.queue, t.assignee, t.priority,
t.opened_at, t.version, t.warn_at, t.due_at, t.parent, t.owner
"""
_COLUMNS = f"{_STORED}, {{lamp}} as lamp, {{order}} as place"
_ORDER = "order by {order}, t.tree, t.id"
#: What lists can be sorted by.
ORDERS = {"opened": "t.opened_at", "due": "coalesce(t.due_at, timestamptz 'infinity')"}

#: The pairs of queue and stage that have open tasks: one index probe each.
_PAIRS = """
with recursive pair(queue, warned_for, stage) as (
    select q.key, q.warned_for, (select min(t.stage) from task t where t.state = 'open' and t.queue = q.key)
    from queue q where q.groups && {groups}::text[]
    union all
    select p.queue, p.warned_for, (
        select min(t.stage) from task t where t.state = 'open' and t.queue = p.queue and t.stage > p.stage
    )
    from pair p where p.stage is not null
), work as (select queue, stage, warned_for from pair where stage is not null and {stage})
"""
_IN_PAIR = "from task t where t.state = 'open' and t.queue = w.queue and t.stage = w.stage and {where}"
#: The first of each pair are found in the index; of these only the first of all are read.
_FIRST_OF_PAIRS = f"""
select first.tree, first.id from work w
cross join lateral (select t.tree, t.id, {{order}} as place {_IN_PAIR} {_ORDER} limit {{limit}}) first
order by first.place, first.tree, first.id limit {{limit}}
"""  # noqa: S608 - constants of this module
_COUNT_PAIR = f"select count(*) from (select {_IN_PAIR} limit {{most}}) as counted"  # noqa: S608
_MARGINS = "window of_stage as (partition by stage), of_queue as (partition by queue)"
#: Where each pair of a stage, and of a queue, has its share of what is told, they need not be counted any further.
_COUNT_PAIRS = f"""
, shared as (
    select w.*, {MOST_COUNTED} / least(count(*) over of_stage, count(*) over of_queue) + 1 as share
    from work w {_MARGINS}
), counted as materialized (
    select w.*, ({_COUNT_PAIR.replace("{most}", "w.share")}) as found from shared w
), summed as (
    select w.*, least(sum(found) over of_stage, sum(found) over of_queue) as margin from counted w {_MARGINS}
)
select w.queue, w.stage, case when w.found < w.share or w.margin > {MOST_COUNTED} then w.found
    else ({_COUNT_PAIR.replace("{most}", str(MOST_COUNTED + 1))}) end as found
from summed w
"""  # noqa: S608 - constants of this module

_OF_PERSON = "from task t where t.state = 'open' and {where}"
_FIRST_OF_PERSON = f"select t.tree, t.id {_OF_PERSON} {_ORDER} limit {{limit}}"
_OF_UNIT = f"""
from cases c cross join lateral (
    select {_STORED} from task t where t.tree = c.tree and t.state = 'open' offset 0
) t where {{where}}
"""  # noqa: S608 - constants of this module

_OF_WATCHED = f"""
from watch w join cases c on c.tree = w.tree cross join lateral (
    select {_STORED} from task t where t.tree = c.tree and t.state = 'open' offset 0
) t where {{where}}
"""  # noqa: S608 - constants of this module

#: The case is open to the caller, and what else is asked of it.
_SHOWN = "cardinality($1::text[]) >= 0"  # always true; the parameter is given whether it is needed or not
_CASE = "exists (select from cases c where c.tree = t.tree and {} offset 0)"
#: All work that is offered to some of these groups.
_QUEUES = "select q.key from queue q where q.groups && {}::text[]"


@dataclass(frozen=True)
class Source:
    """Tasks from one place: two queries that lack their ``where``."""

    conditions: Conditions
    listing: str
    counting: str
    #: How long before its end a task of it warns, at the most, as SQL; empty where nobody knows.
    warned_for: str = ""

    def list_sql(self, limit: int, order: str, lamp: str) -> str:
        """The first tasks in one of the ``ORDERS``; ``lamp`` is their lamp as SQL."""
        listing = self.listing.format(where=self.conditions.sql, limit=limit, order=order, lamp=lamp)
        return f"{listing} order by place, tree, id limit {limit}"

    def count_sql(self) -> str:
        """How many there are by queue and stage, each exact as far as it is told."""
        return self.counting.format(where=self.conditions.sql)


def offered(actor: Actor, groups: Collection[str], stage: str | None) -> Source:
    """What is offered to any of some groups."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    shown = len(_shown(actor, groups)) == len(groups)
    conditions.add(_SHOWN if shown else _CASE.format(scope.condition))
    head = _PAIRS.format(
        groups=conditions.parameter(sorted(groups)),
        stage="true" if stage is None else f"stage = {conditions.parameter(stage)}",
    )
    return Source(conditions, head + _rows_of(_FIRST_OF_PAIRS), head + _COUNT_PAIRS, "w.warned_for")


def held(actor: Actor, unit: str | None, stage: str | None) -> Source:
    """What the actor has, everywhere or in open cases of one unit."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add("t.assignee = {}", actor.id)
    if unit is None:
        conditions.add(f"(t.queue in ({_QUEUES}) or {_CASE.format(scope.condition)})", _shown(actor, actor.groups))
    else:
        conditions.add(_CASE.format(f"{scope.condition} and c.is_open and c.unit = {{}}"), unit)
    _add_stage(conditions, stage)
    return Source(conditions, _rows_of(_FIRST_OF_PERSON), _counted(_OF_PERSON))


def of_unit(actor: Actor, unit: str, stage: str | None) -> Source:
    """What is open in the open cases for which a unit is responsible."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    conditions.add("c.is_open and c.unit = {}", unit)
    _add_stage(conditions, stage)
    return _source(conditions, _OF_UNIT)


def of_watched(actor: Actor, stage: str | None) -> Source:
    """What is open in the open cases that the actor watches."""
    scope = scope_of(actor)
    conditions = Conditions([scope.keys])
    conditions.add(scope.condition)
    account = int(actor.id.partition(":")[2]) if is_person(actor.id) else 0
    conditions.add("c.is_open and w.account = {}", account)
    _add_stage(conditions, stage)
    return _source(conditions, _OF_WATCHED)


def _shown(actor: Actor, groups: Collection[str]) -> list[str]:
    """Those of the groups whose cases the actor sees: a case is shown to whoever was offered work on it."""
    return sorted(group for group in groups if actor.audience is None or group_key(group) in actor.audience)


def _add_stage(conditions: Conditions, stage: str | None) -> None:
    if stage is not None:
        conditions.add("t.stage = {}", stage)


def _source(conditions: Conditions, origin: str) -> Source:
    return Source(conditions, f"select {_COLUMNS} {origin}", _counted(origin))


def _counted(origin: str) -> str:
    """By queue and stage; found first, as all tasks in the order of queues look cheaper than a few to be sorted."""
    return f"select queue, stage, count(*) as found from (select t.queue, t.stage {origin} offset 0) f group by 1, 2"  # noqa: S608


def _rows_of(chosen: str) -> str:
    """The tasks that were chosen by an index alone."""
    return f"select {_COLUMNS} from ({chosen}) chosen join task t on t.tree = chosen.tree and t.id = chosen.id"  # noqa: S608
