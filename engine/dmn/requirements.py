"""Connecting the elements of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.dmn.errors import DmnError
from engine.dmn.graph import Decision, DecisionService, Element, Logic, Requirement
from engine.dmn.model import Model
from engine.dmn.reading import element_id
from engine.dmn.xml import children, error_at, kind

_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")


def connect(root: etree._Element, elements: Mapping[str, Element], models: Mapping[str, Model]) -> None:
    """Give every element what it requires; raises DmnError for dangling references and cycles."""
    resolver = _Resolver(root.get("namespace") or "", elements, models)
    for source in root:
        element = elements.get(element_id(source)) if kind(source) else None
        if isinstance(element, Logic):
            element.requirements.extend(_imported_knowledge(models))
            element.requirements.extend(_requirements(source, resolver))
        elif isinstance(element, DecisionService):
            _connect_service(source, element, resolver)
    _refuse_cycles(elements)


def _imported_knowledge(models: Mapping[str, Model]) -> Iterator[Requirement]:
    """The functions of imported models, which need no requirement to be called under their prefix."""
    for prefix, model in models.items():
        for element in model.knowledge:
            yield Requirement(element, (prefix, element.variable))


class _Resolver:
    """Finds the elements that references name."""

    def __init__(self, namespace: str, elements: Mapping[str, Element], models: Mapping[str, Model]) -> None:
        self._namespace = namespace
        self._elements = elements
        self._reachable = list(_reachable(models, ()))

    def resolve(self, source: etree._Element) -> Requirement:
        """What an `href` refers to, and by which names it is read."""
        href = source.get("href") or ""
        namespace, _, target = href.rpartition("#")
        if namespace in ("", self._namespace):
            element = self._elements.get(target)
            if element is not None:
                return Requirement(element, (element.variable,))
        for prefixes, model in self._reachable:
            element = model.elements.get(target)
            if model.namespace == namespace and element is not None:
                return Requirement(element, (*prefixes, element.variable))
        raise error_at(source, "model.reference", href=href)


def _reachable(models: Mapping[str, Model], prefixes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Model]]:
    """The imported models, the nearer ones first, each with its prefixes."""
    for prefix, model in models.items():
        yield (*prefixes, prefix), model
    for prefix, model in models.items():
        yield from _reachable(model.imports, (*prefixes, prefix))


def _requirements(source: etree._Element, resolver: _Resolver) -> Iterator[Requirement]:
    for name in _REQUIREMENTS:
        for requirement in children(source, name):
            for reference in requirement:
                if kind(reference) and reference.get("href"):
                    yield resolver.resolve(reference)


def _connect_service(source: etree._Element, service: DecisionService, resolver: _Resolver) -> None:
    for name in ("inputData", "inputDecision"):
        for reference in children(source, name):
            service.inputs.append(resolver.resolve(reference).element)
    for reference in children(source, "outputDecision"):
        element = resolver.resolve(reference).element
        if not isinstance(element, Decision):
            raise error_at(reference, "model.reference", href=reference.get("href"))
        service.outputs.append(element)


def _refuse_cycles(elements: Mapping[str, Element]) -> None:
    """Visit every element once, from what it requires to itself."""
    finished: set[int] = set()
    for start in elements.values():
        path: list[tuple[Element, Iterator[Element]]] = [(start, _required(start))]
        open_: set[int] = {id(start)}
        while path:
            element, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                open_.discard(id(element))
                finished.add(id(element))
            elif id(following) in open_:
                raise DmnError("model.cycle", element_id=element.id, line=element.line, name=element.name)
            elif id(following) not in finished:
                open_.add(id(following))
                path.append((following, _required(following)))


def _required(element: Element) -> Iterator[Element]:
    if isinstance(element, Logic):
        return (requirement.element for requirement in element.requirements)
    return iter(element.outputs) if isinstance(element, DecisionService) else iter(())
