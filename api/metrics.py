"""What is measured: counted in every worker process, gathered when asked.

Workers that share a folder keep their numbers there and whichever is asked answers for all; without one, each answers
for itself.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess, values

#: Names the folder that workers share.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LATENCY_BUCKETS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1, 2, 5)


class Metrics:
    """The numbers of one server process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "guiliu_http_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.latency = Histogram(
            "guiliu_http_request_seconds",
            "Time from the request read to the answer ready.",
            ("method", "route"),
            buckets=LATENCY_BUCKETS,
            registry=self.registry,
        )
        self.commands = Counter(
            "guiliu_commands", "Commands given to the bus, by outcome.", ("command", "outcome"), registry=self.registry
        )
        self.streams = Gauge(
            "guiliu_event_streams", "Open event streams.", registry=self.registry, multiprocess_mode="livesum"
        )
        self.feed_lag = Gauge(
            "guiliu_feed_horizon_seconds",
            "Age of the oldest open writing transaction: events behind it wait.",
            registry=self.registry,
            multiprocess_mode="max",
        )
        self.timers_overdue = self._latest("guiliu_timers_overdue", "Armed timers whose moment has passed.")
        self.timer_lateness = self._latest(
            "guiliu_timer_lateness_seconds",
            "How late timers are: the one longest overdue, and the median and 99th percentile of the last hour.",
            "of",
        )
        self.deliveries = self._latest(
            "guiliu_deliveries",
            "Deliveries that are not done: to be sent, taken over by the other side, given up.",
            "target",
            "state",
        )
        self.delivery_age = self._latest(
            "guiliu_delivery_oldest_seconds", "How long ago the oldest of them was asked for.", "target"
        )

    def _latest(self, name: str, text: str, *labels: str) -> Gauge:
        """A number that is read anew when it is asked for, by whichever process is asked."""
        return Gauge(name, text, labels, registry=self.registry, multiprocess_mode="mostrecent")

    def text(self) -> bytes:
        """All numbers in the Prometheus text format."""
        folder = os.environ.get(SHARED_FOLDER)
        if not folder:
            return generate_latest(self.registry)
        gathered = CollectorRegistry()
        multiprocess.MultiProcessCollector(gathered, path=folder)  # type: ignore[no-untyped-call]  # library untyped
        return generate_latest(gathered)


def share_numbers(folder: str) -> None:
    """Let the processes forked from now on keep their numbers in a folder."""
    os.environ[SHARED_FOLDER] = folder
    # The library looked when it was imported, which was before there was a folder.
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]  # library untyped


def forget_numbers(process: int) -> None:
    """Take a dead process's momentary values out of the sums; what it counted stays."""
    if folder := os.environ.get(SHARED_FOLDER):
        multiprocess.mark_process_dead(process, folder)  # type: ignore[no-untyped-call]  # library untyped
