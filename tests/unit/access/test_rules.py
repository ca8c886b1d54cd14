"""The rules on tasks: who may claim, perform, give back and assign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pytest

from engine.actors import SYSTEM, Actor
from engine.commands import (
    AssignTask,
    BeginActivity,
    ClaimTask,
    Command,
    CommentTask,
    CompleteTask,
    DelegateTask,
    ReleaseTask,
    ResolveTask,
    RetryFault,
    SaveDraft,
    SplitTask,
    TaskCommand,
    UnassignTask,
    WithdrawSubtask,
)
from engine.deliveries import AnswerDelivery, EditDelivery, RetryDelivery, SkipDelivery
from engine.errors import Forbidden, Invalid, NotFound, Refusal
from engine.handling import Work
from engine.interventions import (
    AddToken,
    CancelInstance,
    CancelToken,
    CorrectVariables,
    MoveToken,
    PauseInstance,
    ResumeInstance,
)
from engine.parts import Part
from engine.projection import Rows
from processes.access import PERMISSION_WORDS, Permission, TreeGuard, may_see, needs, tree_rules


@dataclass(frozen=True, kw_only=True)
class Task:
    groups: tuple[str, ...] = ("clerk@U12",)
    assignee: str | None = None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class TreeOfTasks:
    tasks: Mapping[int, Task]
    audience: tuple[str, ...] | None = ("unit:U12",)
    is_new: bool = False

    def rows(self, _table: str) -> Rows[Any]:
        return Rows(self.tasks)


def clerk(number: int = 1, **content: Any) -> Actor:
    defaults = {
        "name": "甲",
        "groups": frozenset({"clerk", "clerk@U12"}),
        "permissions": frozenset({"task.perform"}),
        "audience": frozenset({"unit:U12"}),
    }
    return Actor(id=f"user:{number}", **{**defaults, **content})


LEAD = clerk(9, groups=frozenset({"shift-lead"}), permissions=frozenset({"task.assign", "fault.retry"}))
GROUPS = frozenset({"clerk", "clerk@U12"})
PEOPLE = {actor.id: actor for actor in (clerk(1), clerk(2), clerk(3, groups=frozenset({"clerk", "clerk@U13"})), LEAD)}


def refusal(command: Command, work: TreeOfTasks) -> Refusal | None:
    guard = TreeGuard(tree_rules(PEOPLE.get, GROUPS.__contains__), lambda tree: cast(TreeOfTasks, tree).audience)
    try:
        guard(command.actor, command, cast(Work, work))
    except Refusal as refused:
        return refused
    return None


def code(kind: type[TaskCommand], actor: Actor, task: Task, **content: Any) -> str | None:
    refused = refusal(kind(actor=actor, tree=1, task=5, **content), TreeOfTasks({5: task}))
    return refused.code if refused else None


def test_a_candidate_may_claim_and_a_stranger_may_not() -> None:
    assert code(ClaimTask, clerk(), Task()) is None
    assert code(ClaimTask, clerk(groups=frozenset({"clerk", "clerk@U13"})), Task()) == "not_a_candidate"


def test_a_task_offered_to_nobody_in_particular_is_offered_to_all_who_see_the_case() -> None:
    assert code(ClaimTask, clerk(groups=frozenset()), Task(groups=())) is None


def test_four_eyes_keep_out_who_did_the_other_step_in_every_way() -> None:
    task = Task(excluded=("user:1",))
    for kind in (ClaimTask, CompleteTask, SaveDraft):
        assert code(kind, clerk(1), task) == "four_eyes"
        assert code(kind, clerk(2), task) is None
    assert code(CompleteTask, clerk(1), Task(excluded=("user:1",), assignee="user:1")) == "four_eyes"
    assert code(AssignTask, LEAD, task, assignee="user:1") == "assignee_unfit"


@pytest.mark.parametrize("kind", [CompleteTask, SaveDraft, ReleaseTask])
def test_what_someone_holds_is_his_alone(kind: type[TaskCommand]) -> None:
    assert code(kind, clerk(1), Task(assignee="user:1")) is None
    assert code(kind, clerk(2), Task(assignee="user:1")) == "task_of_another"


def test_an_unclaimed_task_is_left_to_the_handler_unless_the_actor_could_not_even_claim_it() -> None:
    assert code(CompleteTask, clerk(), Task()) is None
    assert code(CompleteTask, clerk(groups=frozenset()), Task()) == "not_a_candidate"
    assert code(ReleaseTask, clerk(), Task()) is None


def test_a_missing_task_is_left_to_the_handler() -> None:
    assert refusal(ClaimTask(actor=clerk(), tree=1, task=6), TreeOfTasks({})) is None
    assert refusal(AssignTask(actor=LEAD, tree=1, task=6, assignee="user:1"), TreeOfTasks({})) is None


def test_a_task_is_assigned_only_to_someone_who_could_have_claimed_it() -> None:
    assert code(AssignTask, LEAD, Task(), assignee="user:1") is None
    assert code(AssignTask, LEAD, Task(), assignee="user:3") == "assignee_unfit"
    assert code(AssignTask, LEAD, Task(), assignee="user:99") == "assignee_unknown"
    refused = refusal(AssignTask(actor=LEAD, tree=1, task=5, assignee="user:99"), TreeOfTasks({5: Task()}))
    assert isinstance(refused, Invalid)
    assert refused.pointer == "/assignee"


INTERVENTIONS: list[tuple[type[Any], dict[str, Any]]] = [
    (CorrectVariables, {"values": {"x": 1}}),
    (MoveToken, {"activity": 1, "element": "x"}),
    (AddToken, {"element": "x"}),
    (CancelToken, {"activity": 1}),
    (PauseInstance, {}),
    (ResumeInstance, {}),
    (CancelInstance, {}),
]
COMMANDS: list[tuple[type[Any], dict[str, Any], str]] = [
    (ClaimTask, {"task": 5}, "task.perform"),
    (ReleaseTask, {"task": 5}, "task.perform"),
    (SaveDraft, {"task": 5}, "task.perform"),
    (CompleteTask, {"task": 5}, "task.perform"),
    (CommentTask, {"task": 5, "text": "好"}, "task.perform"),
    (AssignTask, {"task": 5, "assignee": "user:1"}, "task.assign"),
    (UnassignTask, {"task": 5}, "task.assign"),
    (DelegateTask, {"task": 5, "assignee": "user:1"}, "task.perform"),
    (ResolveTask, {"task": 5}, "task.perform"),
    (SplitTask, {"task": 5, "parts": (Part(name="x", groups=("clerk",)),)}, "task.perform"),
    (WithdrawSubtask, {"task": 5}, "task.perform"),
    (BeginActivity, {"subscription": 5}, "task.perform"),
    (RetryFault, {"fault": 1}, "fault.retry"),
    *((kind, {"instance": 1, "reason": "x", **content}, "instance.control") for kind, content in INTERVENTIONS),
    (RetryDelivery, {"delivery": 1}, "fault.retry"),
    (EditDelivery, {"delivery": 1, "payload": {}, "reason": "x"}, "instance.control"),
    (SkipDelivery, {"delivery": 1, "reason": "x"}, "instance.control"),
]


@pytest.mark.parametrize(("kind", "content", "permission"), COMMANDS)
def test_without_the_permission_every_command_is_forbidden_and_the_answer_names_it(
    kind: type[Any], content: dict[str, Any], permission: str
) -> None:
    command = kind(actor=clerk(permissions=frozenset()), tree=1, **content)
    refused = refusal(command, TreeOfTasks({5: Task()}))
    assert isinstance(refused, Forbidden)
    assert (refused.code, refused.details) == ("permission_missing", {"permission": permission})


@pytest.mark.parametrize(("kind", "content", "permission"), COMMANDS)
def test_a_case_out_of_sight_does_not_exist(kind: type[Any], content: dict[str, Any], permission: str) -> None:
    everything = frozenset(Permission)
    stranger = clerk(permissions=everything, audience=frozenset({"unit:U13"}))
    assert isinstance(refusal(kind(actor=stranger, tree=1, **content), TreeOfTasks({5: Task()})), NotFound)
    assert not isinstance(refusal(kind(actor=stranger, tree=1, **content), TreeOfTasks({}, audience=None)), NotFound)


def test_every_command_of_the_engine_has_a_rule() -> None:
    # Whoever asks an outside system, it is no permission that lets it answer.
    assert set(tree_rules(PEOPLE.get, GROUPS.__contains__)) == {kind for kind, _, _ in COMMANDS} | {AnswerDelivery}


def test_nobody_answers_for_an_outside_system() -> None:
    answer = {"tree": 1, "delivery": 1, "target": "sewers"}
    boss = clerk(permissions=frozenset(Permission), audience=None)
    refused = refusal(AnswerDelivery(actor=boss, **answer), TreeOfTasks({}))
    assert refused is not None
    assert refused.code == "not_the_source"
    sewers = Actor(id="source:sewers", name="sewers", audience=None)
    assert refusal(AnswerDelivery(actor=sewers, **answer), TreeOfTasks({})) is None


@dataclass(frozen=True, kw_only=True)
class Unheard(Command):
    pass


def test_a_command_without_a_rule_is_forbidden_to_everyone_but_the_house_itself() -> None:
    boss = clerk(permissions=frozenset(Permission), audience=None)
    refused = refusal(Unheard(actor=boss), TreeOfTasks({}))
    assert isinstance(refused, Forbidden)
    assert refused.code == "command_without_rule"
    assert refusal(Unheard(actor=SYSTEM), TreeOfTasks({})) is None


def test_a_rule_of_another_package_joins_the_table() -> None:
    guard = TreeGuard({Unheard: needs(Permission.CASE_REPORT)}, lambda _: None)
    work = cast(Work, TreeOfTasks({}))
    guard(clerk(permissions=frozenset({"case.report"})), Unheard(actor=clerk()), work)
    with pytest.raises(Forbidden):
        guard(clerk(), Unheard(actor=clerk()), work)


def test_only_a_command_that_begins_a_tree_speaks_of_one_that_is_not_there() -> None:
    guard = TreeGuard({Unheard: needs(Permission.CASE_REPORT)}, lambda _: None, beginning={Unheard})
    nothing = cast(Work, TreeOfTasks({}, None, is_new=True))
    guard(clerk(permissions=frozenset({"case.report"})), Unheard(actor=clerk()), nothing)
    with pytest.raises(NotFound):
        guard(LEAD, AssignTask(actor=LEAD, tree=1, task=5, assignee="user:1"), nothing)


def test_one_sees_what_shares_a_key_with_ones_audience() -> None:
    assert may_see(clerk(), ["unit:U13", "unit:U12"])
    assert not may_see(clerk(), ["unit:U13"])
    assert not may_see(clerk(audience=frozenset()), ["unit:U12"])
    assert may_see(clerk(audience=None), [])


def test_every_permission_is_said_in_both_languages() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    assert all(words.zh and words.en for words in PERMISSION_WORDS.values())
