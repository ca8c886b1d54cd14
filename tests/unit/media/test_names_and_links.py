"""Names of files are text; events link what their data name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Recorded, TaskCompleted
from engine.jsontext import json_text
from engine.projection import Rows
from processes.media import CaseMediaProjection, CaseMediaRow, media_reference
from processes.media.names import LONGEST_NAME, shown_name

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("照片 1.jpg", "照片 1.jpg"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\a.png", "a.png"),
        ("a.php\0.jpg", "a.php.jpg"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\r\nb", "ab"),
        ("..", "未命名"),
        ("", "未命名"),
        ("x" * 300, "x" * LONGEST_NAME),
        ("\ud800.jpg", "jpg"),
    ],
)
def test_a_name_is_shown_without_what_misleads(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@given(st.text())
def test_a_shown_name_is_short_never_empty_and_stays_as_it_is(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown) <= LONGEST_NAME
    assert "/" not in shown
    assert shown_name(shown) == shown.strip(" .")


def recorded(data: dict[str, object], actor: str = "user:7") -> Recorded:
    event = TaskCompleted(task=1, instance=1, element="disposal", data=data)
    return Recorded(tree=1, seq=1, at=NOON, actor=actor, event=event, payload=json_text(event), hash=b"")


def linked(*events: Recorded) -> dict[int, CaseMediaRow]:
    rows: Rows[CaseMediaRow] = Rows()
    for event in events:
        CaseMediaProjection().fold(rows, event)
    return dict(rows.items())


def test_media_are_linked_wherever_data_name_them() -> None:
    data = {"photos": [media_reference(12), "media:13"], "nested": {"one": "media:14"}}
    assert linked(recorded(data)) == {
        number: CaseMediaRow(linked_by="user:7", linked_at=NOON) for number in (12, 13, 14)
    }


def test_the_first_to_name_media_links_them() -> None:
    rows = linked(recorded({"a": "media:12"}), recorded({"b": "media:12"}, actor="user:8"))
    assert rows == {12: CaseMediaRow(linked_by="user:7", linked_at=NOON)}


@pytest.mark.parametrize(
    "text",
    ["media:", "media:0", "media:012", "media:-1", "see media:12", "media:12 ", 'say "media:12"', "media:" + "9" * 19],
)
def test_only_a_whole_text_of_the_right_shape_names_media(text: str) -> None:
    assert linked(recorded({"a": text})) == {}
