"""The feed: every committed event, in one order, to everyone in this process who listens.

    commit → flag → one NOTIFY per 20 ms → reader of each process → subscribers
                                  (lost? the reader looks once a second anyway)

The order is (transaction, tree, seq). Only rows of transactions below the horizon are delivered, the point under which
every transaction has ended: so no commit that comes late is ever skipped, and a position can be taken up again.
"""

from engine.feed.horizon import horizon_age
from engine.feed.notifier import CommitNotifier
from engine.feed.position import FeedPosition
from engine.feed.reader import EventFeed, FeedEvent
from engine.feed.subscription import SlowSubscriber, Subscription

__all__ = [
    "CommitNotifier",
    "EventFeed",
    "FeedEvent",
    "FeedPosition",
    "SlowSubscriber",
    "Subscription",
    "horizon_age",
]
