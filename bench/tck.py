"""How much of the public DMN compatibility kit we pass, from a folder with its models and tests.

The kit is not part of the repository: ``python -m bench.tck FOLDER`` runs whatever ``compliance-level-…`` folders it
finds below ``FOLDER`` (a copy of the kit's ``TestCases``). ``-v`` names every case that fails and why.

A case passes when each of its results is what is expected; numbers may differ by a hundred-millionth. Cases that expect
a value are counted by themselves, because an engine that always answers null passes nearly half of all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from lxml import etree

from engine.dmn import DmnError, Model, load_model
from engine.feel import Evaluation, FeelLimitExceeded, Value, compile_expression, temporal_from_text, to_json

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long"})
_TEMPORALS = frozenset({"date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration"})
_CLOSE_ENOUGH = Decimal("1e-8")
_EQUAL = compile_expression("one = other")
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Failure:
    """A case that does not come out as it should."""

    case: str
    why: str


@dataclass
class Tally:
    """What became of the cases of one level."""

    passed: int = 0
    total: int = 0
    #: Of cases that expect a value.
    valued_passed: int = 0
    valued: int = 0
    failures: list[Failure] = field(default_factory=list)

    def count(self, case: Case, why: str) -> None:
        """Count a case; ``why`` is empty when it passed."""
        self.total += 1
        self.passed += not why
        self.valued += case.expects_value
        self.valued_passed += case.expects_value and not why
        if why:
            self.failures.append(Failure(case.name, why))

    def line(self) -> str:
        """In words."""
        return (
            f"{self.passed}/{self.total} ({_percent(self.passed, self.total)}); "
            f"expecting a value {self.valued_passed}/{self.valued} ({_percent(self.valued_passed, self.valued)})"
        )


@dataclass(frozen=True)
class Case:
    """One test case of a file."""

    name: str
    element: etree._Element

    @cached_property
    def inputs(self) -> Mapping[str, Value]:
        """What is given, by name."""
        return {node.get("name", ""): _value(node) for node in _parts(self.element, "inputNode")}

    @cached_property
    def expected(self) -> Mapping[str, Value]:
        """What has to come out, by the name of what is asked."""
        return {
            self.element.get("invocableName") or node.get("name", ""): _expected(node)
            for node in _parts(self.element, "resultNode")
        }

    @property
    def expects_value(self) -> bool:
        """Whether any result is more than null."""
        return any(value is not None for value in self.expected.values())

    def run(self, model: Model) -> str:
        """Why it fails; empty when it passes."""
        for asked, expected in self.expected.items():
            try:
                found = model.evaluate(asked, self.inputs, Evaluation(now=NOW, zone=UTC)).outputs
            except (DmnError, FeelLimitExceeded) as error:
                return f"{asked}: {error}"
            if not is_same(found, expected):
                return f"{asked}: {_shown(found)} instead of {_shown(expected)}"
        return ""


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same, as far as the kit cares."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= _CLOSE_ENOUGH
    return _EQUAL.evaluate({"one": one, "other": other}, Evaluation(now=NOW, zone=UTC)) is True


def run_level(folder: Path) -> Tally:
    """Every case below a folder of one level."""
    tally = Tally()
    for tests in sorted(folder.rglob("*-test-*.xml")):
        root = _read(tests)
        model = _model(tests.parent, _text(root, "modelName"))
        for element in _parts(root, "testCase"):
            case = Case(f"{tests.stem} {element.get('id')}", element)
            tally.count(case, model if isinstance(model, str) else case.run(model))
    return tally


def _model(folder: Path, name: str) -> Model | str:
    """The model with those that it imports; a text says why it does not load."""
    try:
        return _loaded(folder / name, {_read(path).get("namespace", ""): path for path in folder.glob("*.dmn")})
    except (DmnError, OSError, etree.XMLSyntaxError) as error:
        return f"{name} does not load: {error}"


def _loaded(path: Path, known: Mapping[str, Path]) -> Model:
    wanted = (part.get("namespace", "") for part in _parts(_read(path), "import"))
    imports = {namespace: _loaded(known[namespace], known) for namespace in wanted if namespace in known}
    return load_model(path.read_bytes(), imports=imports)


def _read(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(path.read_bytes(), parser)


def _parts(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (part for part in element if etree.QName(part).localname == name)


def _text(element: etree._Element, name: str) -> str:
    return next((part.text or "" for part in _parts(element, name)), "").strip()


def _expected(node: etree._Element) -> Value:
    inside = next(_parts(node, "expected"), None)
    return None if inside is None or node.get("errorResult") == "true" else _value(inside)


def _value(node: etree._Element) -> Value:
    """The value in a node: a list, the components of a context, or one plain value."""
    for part in _parts(node, "list"):
        return None if part.get(_NIL) == "true" else [_value(item) for item in _parts(part, "item")]
    if components := list(_parts(node, "component")):
        return {part.get("name", ""): _value(part) for part in components}
    return next(map(_plain, _parts(node, "value")), None)


def _plain(element: etree._Element) -> Value:
    if element.get(_NIL) == "true":
        return None
    type_, text = (element.get(_TYPE) or "").rpartition(":")[2], element.text or ""
    if type_ in _NUMBERS:
        return Decimal(text.strip())
    if type_ == "boolean":
        return text.strip() in ("true", "1")
    return temporal_from_text(text.strip()) if type_ in _TEMPORALS else text


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def _shown(value: Value) -> str:
    try:
        return repr(to_json(value))
    except (ValueError, TypeError):
        return repr(value)


def main(arguments: list[str]) -> int:
    """Print a line for each level; 2 when there is nothing to run."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    levels = sorted({level for folder in folders for level in folder.rglob("compliance-level-*") if level.is_dir()})
    for level in levels:
        tally = run_level(level)
        print(f"{level.name}: {tally.line()}")
        for failure in tally.failures if "-v" in arguments else ():
            print(f"  {failure.case}  {failure.why}")
    if not levels:
        print("usage: python -m bench.tck FOLDER [-v]   (FOLDER holds compliance-level-…)", file=sys.stderr)
    return 0 if levels else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
