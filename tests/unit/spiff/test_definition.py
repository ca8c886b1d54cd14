"""The view of a definition tells readers what the diagram declares, in its own ids."""

from __future__ import annotations

import hashlib

from engine.definition import ElementKind
from engine.spiff import compile_process
from tests.unit.spiff.drawing import (
    chain,
    document,
    end,
    exclusive,
    extensions,
    flow,
    properties,
    start,
    sub,
    user,
)

SOURCE = document(
    extensions('<zeebe:versionTag value="1.4"/>'),
    start(),
    user("a", '<zeebe:formDefinition formKey="filing"/>', properties(stage="filing", board="north", onReturn="a")),
    exclusive("g", default="g-part"),
    sub(
        "part",
        start("s"),
        user("b", properties(separateFrom="a")),
        chain("s", "b"),
        inner=extensions(properties(stage="disposal")),
    ),
    end("closed", extensions(properties(stage="closed"))),
    chain("start", "a", "g", "part", "closed"),
    flow("g", "closed", "= done"),
)


def test_the_view_names_key_version_and_content() -> None:
    view = compile_process(SOURCE).view
    assert (view.key, view.name, view.version_tag) == ("demo", "演示", "1.4")
    assert view.sha == hashlib.sha256(SOURCE).digest()
    assert view.forms == {"filing"}
    assert view.stages == ("filing", "disposal", "closed")


def test_elements_tell_kind_parent_stage_and_properties() -> None:
    elements = compile_process(SOURCE).view.elements
    assert list(elements) == ["start", "a", "g", "part", "s", "b", "closed"]
    assert elements["a"].kind is ElementKind.USER_TASK
    assert elements["a"].properties == {"stage": "filing", "board": "north", "onReturn": "a"}
    assert (elements["b"].parent, elements["b"].stage, elements["b"].separate_from) == ("part", "disposal", ("a",))
    assert elements["part"].parent is None


def test_flows_tell_their_conditions_without_the_equals_sign() -> None:
    flows = compile_process(SOURCE).view.flows
    assert flows["g-closed"].condition == "done"
    assert (flows["g-part"].source, flows["g-part"].target, flows["g-part"].condition) == ("g", "part", "")


def test_compiling_is_repeatable() -> None:
    assert compile_process(SOURCE).view == compile_process(SOURCE).view
