"""The event log as such: how an event becomes text, how texts are chained, what a broken chain looks like."""

from engine.log.catalogue import EventCatalogue, UnknownEvent
from engine.log.chain import GENESIS, BrokenLink, Entry, link, security_link

__all__ = ["GENESIS", "BrokenLink", "Entry", "EventCatalogue", "UnknownEvent", "link", "security_link"]
