"""That every story is played with storing and loading as well proves something: it fails when they change anything."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.live_trees import StoredTrees
from engine.spiff import LiveTree
from engine.spiff.codec import decode_tree, encode_tree
from engine.store import TreeHead
from tests.scenario.shipped import THEATRE, told

STORY = """
scenarios:
  - name: it
    steps:
      - complete: accept
        by: acceptor
        data: {decision: accept}
        then: {open: [file]}
"""


class ForgetfulTrees(StoredTrees):
    """Loses count of the ids that it gave: from the first loading on they differ from those in one go."""

    def take(self, head: TreeHead | None) -> LiveTree:
        if head is None:
            return super().take(None)
        row = decode_tree(head.state)
        row.next_id += 1
        return super().take(replace(head, state=encode_tree(row)))


def test_a_story_fails_when_storing_and_loading_change_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    [sound] = told(STORY, THEATRE)
    assert sound.failure is None
    monkeypatch.setattr("guiliu.scenarios.StoredTrees", ForgetfulTrees)
    [outcome] = told(STORY, THEATRE)
    assert outcome.failure is not None
    assert "保存再载入后结果不同" in outcome.failure.message_zh
    assert "storing and loading changes what happens" in outcome.failure.message_en
