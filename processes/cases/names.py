"""People and groups as they are called, from the organisation as loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.actors import is_person
from processes.organisation import OrganisationSnapshot


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called; an id that nobody bears any more is called by itself."""

    organisation: Callable[[], OrganisationSnapshot]

    def person(self, actor: str) -> str:
        """The name of an actor such as ``user:7``."""
        number = int(actor.partition(":")[2]) if is_person(actor) else 0
        account = self.organisation().accounts.get(number)
        return account.name if account else actor

    def group(self, group: str) -> tuple[str, str]:
        """The name of a candidate group such as ``clerk@U12``, or of a candidate user, in Chinese and English."""
        if is_person(group):
            return self.person(group), self.person(group)
        organisation = self.organisation()
        key, _, code = group.partition("@")
        post, unit = organisation.posts.get(key), organisation.units.get(code)
        zh, en = (post.name_zh, post.name_en) if post else (key, key)
        if not code:
            return zh, en
        unit_zh, unit_en = (unit.name, unit.name_en or unit.name) if unit else (code, code)
        return f"{unit_zh}{zh}", f"{en} of {unit_en}"
