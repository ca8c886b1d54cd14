"""For those who keep it running: is it alive, may it take requests, how is it doing."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Resource, Route
from connectors import TargetHealth

METRICS_TYPE = "text/plain; version=1.0.0; charset=utf-8"


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """That the server answers."""

    status: str


async def get_health(_call: Call[Nothing, None]) -> Reply:
    """Answer that this process is alive; touches nothing else, so that a slow database restarts nobody."""
    return answered(Health(status="ok"))


async def get_readiness(call: Call[Nothing, None]) -> Reply:
    """Answer whether requests can be served: the database is reached and its schema is ours. Raises ``Unavailable``."""
    await call.platform.check_ready()
    return answered(Health(status="ready"))


async def get_metrics(call: Call[Nothing, None]) -> Reply:
    """Answer the numbers of all workers."""
    horizon = await call.platform.horizon_age()
    call.metrics.feed_lag.set(horizon.total_seconds())
    timers = await call.platform.timer_lateness()
    call.metrics.timers_overdue.set(timers.overdue)
    for of, lateness in (("overdue", timers.longest_overdue), ("median", timers.median), ("p99", timers.p99)):
        call.metrics.timer_lateness.labels(of).set(lateness.total_seconds())
    await _measure_deliveries(call)
    return Reply(body=call.metrics.text(), content_type=METRICS_TYPE)


async def _measure_deliveries(call: Call[Nothing, None]) -> None:
    healths = await call.platform.target_healths.all()
    # What was under way once and is no longer has to go back to none.
    for target in call.platform.targets.all.keys() | healths.keys():
        health = healths.get(target, TargetHealth())
        for state, count in (("open", health.open), ("accepted", health.accepted), ("failed", health.failed)):
            call.metrics.deliveries.labels(target, state).set(count)
        call.metrics.delivery_age.labels(target).set(health.age.total_seconds())


RESOURCE = Resource(
    name="operations",
    title_zh="运行",
    title_en="Running it",
    prefix="",
    routes=(
        Route(
            method="GET",
            path="/healthz",
            handler=get_health,
            summary_zh="进程是否存活",
            summary_en="Is the process alive",
            answer=Health,
            is_open=True,
        ),
        Route(
            method="GET",
            path="/readyz",
            handler=get_readiness,
            summary_zh="是否可以接收请求",
            summary_en="May it take requests",
            answer=Health,
            is_open=True,
        ),
    ),
)

NUMBERS = Resource(
    name="metrics",
    title_zh="指标",
    title_en="Numbers for monitoring; the proxy in front must not route here",
    prefix="",
    routes=(
        Route(
            method="GET",
            path="/metrics",
            handler=get_metrics,
            summary_zh="Prometheus 指标",
            summary_en="Numbers in the Prometheus format",
            answer_type="text/plain",
            is_open=True,
        ),
    ),
)
