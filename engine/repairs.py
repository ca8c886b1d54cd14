"""How a finding can be mended without thinking: changes of the file that a machine makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RepairAction(StrEnum):
    """What is done to one element of the file."""

    SET_ATTRIBUTE = "set_attribute"
    REMOVE_ATTRIBUTE = "remove_attribute"
    #: The text of a child, such as ``conditionExpression``.
    SET_TEXT = "set_text"
    REMOVE_CHILD = "remove_child"
    #: Attributes of the one extension of a name, which is made where it is missing.
    SET_EXTENSION = "set_extension"
    #: One more extension of a name, within those named before it: ``zeebe:ioMapping/zeebe:input``.
    ADD_EXTENSION = "add_extension"
    REMOVE_EXTENSION = "remove_extension"


@dataclass(frozen=True, kw_only=True)
class RepairStep:
    """One change."""

    action: RepairAction
    #: Id of the element in the file.
    element: str
    #: Of the attribute, child or extension, with its prefix where it is of another namespace than BPMN's.
    name: str
    value: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


Repair = tuple[RepairStep, ...]
