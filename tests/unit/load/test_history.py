"""A history says of each key what its client knows in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiliu.load import BadHistory, HistoryFile, Outcome, read_history


def test_the_last_certain_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    with HistoryFile.kept_in(path) as history:
        for key in ("done", "refused", "cut", "late"):
            history.invoked(key=key, username="clerk", path="/cases", body={"n": key})
        assert history.answered("done", 201, '{"号": 1}'.encode()) is Outcome.OK
        assert history.answered("refused", 409, b"{}") is Outcome.FAILED
        history.lost("late", "reset")
        assert history.answered("late", 503, b"") is Outcome.UNKNOWN
        history.invoked(key="late", username="clerk", path="/cases", body={"n": "late"})
        history.answered("late", 200, b"[]")
    asked = read_history(path)
    assert {key: (each.outcome, each.answer) for key, each in asked.items()} == {
        "done": (Outcome.OK, '{"号": 1}'),
        "refused": (Outcome.FAILED, "{}"),
        "cut": (Outcome.UNKNOWN, ""),
        "late": (Outcome.OK, "[]"),
    }
    assert (asked["late"].username, asked["late"].path, asked["late"].body) == ("clerk", "/cases", {"n": "late"})


@pytest.mark.parametrize("line", ["{", "[]", '{"event": "ok", "key": "never asked", "answer": ""}', '{"event": "ok"}'])
def test_what_is_no_history_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "history.jsonl"
    with HistoryFile.kept_in(path) as history:
        history.invoked(key="1", username="clerk", path="/cases", body=None)
    path.write_text(path.read_text() + line + "\n", encoding="utf-8")
    with pytest.raises(BadHistory, match="line 2 is no entry"):
        read_history(path)
