"""From the XML of a model to its graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from engine.dmn.boxed import Boxes
from engine.dmn.item_types import ItemTypes
from engine.dmn.model import Model
from engine.dmn.reading import read_elements
from engine.dmn.requirements import connect
from engine.dmn.workshop import Workshop
from engine.dmn.xml import ITERATIONS, ZEEBE, below, children, error_at, kind, read_root
from engine.feel import STANDARD, FunctionTable
from engine.feel.embedding import FeelType

_NAMING = (
    *("variable", "formalParameter", "itemComponent", "inputData", "decision", "output", "column"),
    *("businessKnowledgeModel", "decisionService", "parameter", "informationItem"),
)

_IDS: Any = etree.XPath("//@id")
_LANGUAGES: Any = etree.XPath("//@expressionLanguage")


def load_model(
    source: bytes,
    *,
    functions: FunctionTable = STANDARD,
    imports: Mapping[str, Model] | None = None,
) -> Model:
    """The model of a DMN file; raises DmnError naming element and line.

    `imports` are the models that may be imported, by their namespace. Everything is compiled, so a model that
    loads has no expression that cannot be read.
    """
    root = read_root(source)
    try:
        return _model(root, functions, imports or {})
    except RecursionError as error:
        raise error_at(root, "model.depth") from error


def _model(root: etree._Element, functions: FunctionTable, imports: Mapping[str, Model]) -> Model:
    # lxml makes an object of an element anew at every touch, unless somebody holds it.
    _held = list(root.iter())
    _check_ids(root)
    _check_languages(root)
    models = dict(_imports(root, imports))
    names = _names(root, models)
    types: dict[str, FeelType] = {
        f"{prefix}.{name}": type_ for prefix, model in models.items() for name, type_ in model.types.items()
    }
    workshop = Workshop(functions, names, types)
    item_types = ItemTypes(root, types, workshop.tests)
    item_types.define_all()
    elements = read_elements(root, Boxes(workshop, item_types))
    connect(root, elements, models)
    return Model(
        id=root.get("id") or "",
        name=root.get("name") or "",
        namespace=root.get("namespace") or "",
        elements=elements,
        types=types,
        names=names,
        imports=models,
        functions=functions,
        version_tag=_version_tag(root),
    )


def _version_tag(root: etree._Element) -> str:
    """The one tag of the file, wherever it stands: a file is published as a whole."""
    tags = list(root.iter(f"{{{ZEEBE}}}versionTag"))
    values = dict.fromkeys(tag.get("value") or "" for tag in tags)
    if len(values) > 1:
        raise error_at(tags[1], "model.tags", tags=", ".join(values))
    return next(iter(values), "")


def _check_ids(root: etree._Element) -> None:
    seen: set[str] = set()
    for found in _IDS(root):
        if found in seen:
            raise error_at(found.getparent(), "model.duplicate", id=found)
        seen.add(found)


def _check_languages(root: etree._Element) -> None:
    """Every expression is FEEL, whatever it calls itself."""
    for found in _LANGUAGES(root):
        if found and found.lower() != "feel" and "FEEL" not in found:
            raise error_at(found.getparent(), "model.language", language=found)


def _imports(root: etree._Element, given: Mapping[str, Model]) -> Iterator[tuple[str, Model]]:
    for element in children(root, "import"):
        if "DMN" not in (element.get("importType") or ""):
            continue
        namespace = element.get("namespace") or ""
        if namespace not in given:
            raise error_at(element, "model.import", namespace=namespace)
        yield element.get("name") or "", given[namespace]


def _names(root: etree._Element, models: Mapping[str, Model]) -> frozenset[str]:
    """Every name of the model that is not a single word."""
    naming = below(root, (*_NAMING, *ITERATIONS))
    found = {element.get("iteratorVariable" if kind(element) in ITERATIONS else "name") or "" for element in naming}
    for prefix, model in models.items():
        found |= {prefix, *model.names}
    return frozenset(name for name in found if name and not name.isidentifier())
