"""Deliveries: workers claim what outside systems are asked for, and hand what came of it to the bus as a command.

    DeliveryRequested → open row → claim (lease) → JobHandler → CompleteDelivery, AcceptDelivery,
                           ↑                                    RejectDelivery, FailDelivery
                           └──────────────────── back-off ────────────────────┘

A delivery is sent at least once; by its key (``Job.key``) receivers tell doubles. Its result is taken once, which comes
from the tree's version and the row's lease, not from the claim. To one target a case's deliveries go one after the
other: what comes first keeps those behind it waiting, and nobody else.
"""

from engine.deliveries.claims import ClaimedDelivery, DeliveryClaims
from engine.deliveries.commands import (
    AcceptDelivery,
    AnswerDelivery,
    CompleteDelivery,
    DeliveryCommand,
    EditDelivery,
    FailDelivery,
    RejectDelivery,
    RetryDelivery,
    SkipDelivery,
)
from engine.deliveries.jobs import Accepted, Completed, Failed, Job, JobHandler, Outcome, Rejected
from engine.deliveries.worker import DeliveryWorker, report

__all__ = [
    "AcceptDelivery",
    "Accepted",
    "AnswerDelivery",
    "ClaimedDelivery",
    "CompleteDelivery",
    "Completed",
    "DeliveryClaims",
    "DeliveryCommand",
    "DeliveryWorker",
    "EditDelivery",
    "FailDelivery",
    "Failed",
    "Job",
    "JobHandler",
    "Outcome",
    "RejectDelivery",
    "Rejected",
    "RetryDelivery",
    "SkipDelivery",
    "report",
]
