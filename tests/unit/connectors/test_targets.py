"""What may be configured as an outside system, and where requests to it can go."""

from __future__ import annotations

from typing import Any

import pytest

from connectors import read_target
from connectors.targets import address_of
from engine.errors import Invalid


def content(**changes: Any) -> dict[str, Any]:
    return {"title": "排水公司", "url": "https://sewers.example:8443/api/", "networks": ["10.1.2.0/24"], **changes}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        *(
            ({"url": url}, "/url")
            for url in (
                "file:///etc/passwd",
                "gopher://sewers.example/",
                "//sewers.example/",
                "http://user:word@sewers.example/",
                "http://sewers.example/?a=b",
                "http://sewers.example/#a",
                "http://sewers.example/a/../b",
                "http://sewers.example/%2e%2e/b",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://sewers.example:99999/",
            )
        ),
        ({"networks": ["10.1.2.3/24"]}, "/networks/0"),
        ({"networks": ["10.0.0.0/8", "everywhere"]}, "/networks/1"),
        ({"secret": "../key"}, "/secret"),
        ({"answers": [{"status": [409, 409], "then": "error"}]}, "/answers/0/error"),
        ({"answers": [{"status": [409, 409], "then": "final", "error": "x"}]}, "/answers/0/error"),
        ({"result": {"receipt": {"number": "text"}}}, "/result/receipt/number"),
        ({"result": {"receipt": ["number"]}}, "/result/receipt"),
    ],
)
def test_what_could_lead_elsewhere_or_means_nothing_is_refused_with_its_place(
    changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_target(content(**changes))
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "changes", [{"networks": []}, {"timeout": 31}, {"rate": -1}, {"largest_answer": 2**21}, {"password": "x"}]
)
def test_what_is_out_of_bounds_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        read_target(content(**changes))


def test_a_path_of_the_diagram_stays_below_the_address() -> None:
    target = read_target(content())
    assert str(address_of(target, "")) == "https://sewers.example:8443/api/"
    assert str(address_of(target, "/reports/new")) == "https://sewers.example:8443/api/reports/new"
    for path in ("reports", "/../admin", "/a/./b", "//elsewhere.example", "/a?b=c", "/%2e%2e"):
        with pytest.raises(Invalid):
            address_of(target, path)
