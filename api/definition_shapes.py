"""Shapes of definitions: what there is of each key, its versions, what checks have to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.lists import shown_items
from api.routes import XML_TYPES
from api.shapes import shown
from engine.definitions import DefinitionKind
from processes.cases import Names

LARGEST_FILE = 2 << 20
#: Number of a version.
VersionNumber = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


@dataclass(frozen=True, kw_only=True)
class DefinitionFiles:
    """A kind of definition with the words of its routes."""

    kind: DefinitionKind
    #: In paths and names of operations: ``/processes/{process}``, ``list_processes``, ``get_process_draft``.
    noun: str
    nouns: str
    #: Of the files, such as ``bpmn``.
    suffix: str
    #: What it is called, and what its file is.
    zh: str
    en: str
    file_zh: str
    file_en: str
    #: Content types of its files; the first is what is answered.
    types: tuple[str, ...] = XML_TYPES
    #: Shape of a file that is JSON.
    document: Any = None

    @property
    def path(self) -> str:
        """Where the routes of one definition begin."""
        return f"/{self.nouns}/{{{self.noun}}}"


class DefinitionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One key: its latest published version and its draft, either of which may be missing."""

    key: str
    name: str
    name_en: str
    #: Of the latest published version.
    number: int | None
    version_tag: str | None
    published_at: datetime | None
    published_by: str | None
    published_by_name: str | None
    #: Instances of all its versions that run now; processes only.
    open_instances: int
    draft_version: int | None
    draft_editor: str | None
    draft_editor_name: str | None
    draft_edited_at: datetime | None
    #: Whether the draft was edited after the latest version was published.
    has_changes: bool
    #: When its timer begins it next; processes only, ``null`` for one that does not begin by itself.
    begins_at: datetime | None


class DefinitionList(msgspec.Struct, frozen=True, kw_only=True):
    """Every key there is."""

    items: list[DefinitionSummary]


class DefinitionVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version that was published."""

    number: int
    #: ``published`` or ``retired``.
    state: str
    name: str
    name_en: str
    version_tag: str
    note: str
    published_by: str
    published_by_name: str
    published_at: datetime
    retired_at: datetime | None
    retired_by: str
    retired_by_name: str
    #: The reason that was given.
    retired_because: str
    #: Instances that run it now; a version that came back shares them with the one whose bytes it has.
    open_instances: int


class DraftState(msgspec.Struct, frozen=True, kw_only=True):
    """The version to come."""

    #: Always ``draft``.
    state: str
    #: Its ``ETag``.
    version: int
    editor: str
    editor_name: str
    edited_at: datetime


class VersionList(msgspec.Struct, frozen=True, kw_only=True):
    """All versions of a key, the newest first, and the one to come."""

    items: list[DefinitionVersion]
    draft: DraftState | None


class DraftSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The draft as it is kept now."""

    kind: str
    key: str
    #: The draft's ``ETag``.
    version: int


class RepairStep(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the file that is part of a repair."""

    #: ``set_attribute``, ``remove_attribute``, ``set_text`` and ``remove_child`` of the element; ``set_extension``,
    #: ``add_extension`` and ``remove_extension`` within its extension elements.
    action: str
    #: Id of the element in the file.
    element: str
    #: Of the attribute, child or extension: BPMN's own without a prefix, ``zeebe:`` with it, others by ``{namespace}``.
    #: An extension that stands in others is named by its way: ``zeebe:ioMapping/zeebe:input``.
    name: str
    #: Of an attribute or text.
    value: str
    #: Of an extension: to be set, or by which the ones to be removed are known.
    attributes: dict[str, str]


class LintFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a check has to say."""

    rule: str
    severity: str
    #: Id of the element; of a form, JSON pointer into its file.
    element: str | None
    line: int | None
    #: Of a decision table, counted from 1.
    row: int | None
    message_zh: str
    message_en: str
    fix_zh: str
    fix_en: str
    #: Ids of elements and flows passed in order on the way to what is meant; empty where no way is.
    path: list[str]
    #: What of the element is meant, such as the name of an extension.
    subject: str
    #: Steps by which a machine can mend it; empty where somebody has to think.
    repair: list[RepairStep]


class LintReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a check has to say; a draft with an error cannot be published."""

    findings: list[LintFinding]


def shown_summary(row: Any, name_en: str, names: Names) -> Any:
    """A row of the list, with people by name."""
    by, editor = (who and names.person(who) for who in (row.published_by, row.draft_editor))
    return shown(row, DefinitionSummary, name_en=name_en, published_by_name=by, draft_editor_name=editor)


def shown_version(row: Any, name_en: str, names: Names) -> Any:
    """A version, with people by name."""
    return shown(
        row,
        DefinitionVersion,
        name_en=name_en,
        published_by_name=names.person(row.published_by),
        retired_by_name=names.person(row.retired_by) if row.retired_by else "",
    )


def shown_findings(findings: Any) -> LintReport:
    """What a check has to say."""
    return LintReport(findings=shown_items(findings, LintFinding))
