"""What must hold of any bytes: refused with reasons, or run as they are drawn, never standing still in silence."""

from __future__ import annotations

from random import Random

from lxml import etree

from engine.definition import DefinitionRefused, DefinitionView
from engine.errors import Refusal
from engine.spiff import Declared, compile_process, laid_out
from engine.spiff.supported import EXECUTED
from tests.unit.spiff.driving import Case
from tests.unit.spiff.elements.part import CALLED

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
MOST_MOVES = 10


def judge(source: bytes, seed: int) -> str:
    """``refused`` or ``run``. Raises ``AssertionError`` when neither is right, and whatever else goes wrong."""
    laid_out(source)
    try:
        definition = compile_process(source, declared=Declared(facts={}))
    except DefinitionRefused:
        return "refused"
    _check_complete(source, definition.view)
    _play(source, Random(seed))
    return "run"


def _check_complete(source: bytes, view: DefinitionView) -> None:
    """Nothing that is drawn was left out."""
    (process,) = etree.fromstring(source).iterfind(f"{BPMN}process[@isExecutable='true']")
    drawn = {element.get("id") for tag in EXECUTED for element in process.iter(BPMN + tag)}
    flows = {element.get("id") for element in process.iter(f"{BPMN}sequenceFlow")}
    assert drawn == view.elements.keys(), drawn ^ view.elements.keys()
    assert flows == view.flows.keys(), flows ^ view.flows.keys()


def _play(source: bytes, random: Random) -> None:
    case = Case(source, CALLED, reloads=True)
    case.start(v=random.randint(0, 4))
    for _ in range(MOST_MOVES):
        moves = _moves(case)
        assert case.is_complete or case.tree.faults or moves, "nothing can move, and nobody is told"
        if not moves:
            return
        try:
            _make(case, random.choice(moves), random.randint(0, 4))
        except Refusal:
            # The tree is half changed and would be thrown away.
            return


def _moves(case: Case) -> list[tuple[str, int]]:
    tree = case.tree
    waits = {
        "complete": tree.tasks,
        "fire": {timer: armed for timer, armed in tree.timers.items() if armed.due_at is not None},
        "deliver": tree.subscriptions,
        "answer": tree.deliveries,
    }
    return [(kind, identity) for kind, items in waits.items() for identity in items]


def _make(case: Case, move: tuple[str, int], v: int) -> None:
    kind, identity = move
    match kind:
        case "complete":
            case.complete_task(identity, v=v)
        case "fire":
            due = case.tree.timers[identity].due_at
            case.now = max(case.now, due) if due else case.now
            assert case.fire(identity)
        case "deliver":
            assert case.deliver(identity, v=v)
        case "answer":
            case.answer(case.tree.deliveries[identity].element, v=v)
