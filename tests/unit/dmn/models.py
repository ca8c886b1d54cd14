"""The XML of models, from the parts a test is about."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model_document(*elements: str, namespace: str = "urn:test") -> bytes:
    head = f'<definitions xmlns="{NAMESPACE}" id="defs" name="test" namespace="{namespace}">'
    return "\n".join((head, *elements, "</definitions>")).encode()


def table_decision(
    rows: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    columns: Sequence[Mapping[str, str]] = ({"expression": "a"}, {"expression": "b"}),
    outputs: Sequence[Mapping[str, str]] = ({},),
) -> str:
    inputs = "".join(
        f"<input><inputExpression{_type(column)}><text>{escape(column['expression'])}</text></inputExpression>"
        f"{_optional('inputValues', column.get('allowed'))}</input>"
        for column in columns
    )
    answers = "".join(
        f"<output{_attribute('name', output)}{_type(output)}>{_optional('outputValues', output.get('values'))}"
        f"{_optional('defaultOutputEntry', output.get('default'))}</output>"
        for output in outputs
    )
    rules = "\n".join(_rule(index, row, len(columns)) for index, row in enumerate(rows, 1))
    aggregated = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        '<inputData id="a" name="a"/><inputData id="b" name="b"/><decision id="d" name="d">'
        '<informationRequirement><requiredInput href="#a"/></informationRequirement>'
        '<informationRequirement><requiredInput href="#b"/></informationRequirement>'
        f'<decisionTable id="t" hitPolicy="{policy}"{aggregated}>{inputs}{answers}\n{rules}\n'
        "</decisionTable></decision>"
    )


def _rule(index: int, row: Sequence[str], width: int) -> str:
    cells = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in row[:width])
    answers = "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in row[width:])
    return f'<rule id="r{index}">{cells}{answers}</rule>'


def _type(part: Mapping[str, str]) -> str:
    return f" typeRef={quoteattr(part['type'])}" if "type" in part else ""


def _attribute(name: str, part: Mapping[str, str]) -> str:
    return f" {name}={quoteattr(part[name])}" if name in part else ""


def _optional(name: str, text: str | None) -> str:
    return f"<{name}><text>{escape(text)}</text></{name}>" if text else ""
