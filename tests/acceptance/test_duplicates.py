"""Likely duplicates, before a report and beside a case."""

from __future__ import annotations

import pytest

from tests.acceptance.city import REPORT, SUBCATEGORY, City

pytestmark = pytest.mark.asyncio(loop_scope="module")
HERE = {"lon": 122.1012, "lat": 46.0623}


def place(**moved: float) -> dict[str, object]:
    return {**HERE, **moved, "crs": "CGCS2000", "address": "重复街"}


async def test_the_nearest_of_the_same_kind_comes_first(city: City) -> None:
    near = await city.report(location=place(), description="井盖缺失危险")
    also_near = await city.report(location=place(lat=46.0633), description="井盖缺失")
    await city.report(location=place(lon=122.12), description="井盖缺失")
    acceptor = await city.person("acceptor")
    heard = {**HERE, "subcategory": SUBCATEGORY, "text": "井盖缺失"}
    found = (await acceptor.get("/cases/likely", **heard)).body["items"]
    assert [each["case"] for each in found] == [near["case"], also_near["case"]]
    assert found[0]["likeness"]["score"] > found[1]["likeness"]["score"] > 0
    assert found[0]["likeness"]["same_subcategory"]
    of_case = (await acceptor.get(f"/cases/{near['case']}/duplicates")).body["items"]
    assert [each["case"] for each in of_case] == [also_near["case"]]


async def test_nobody_is_told_of_cases_that_he_may_not_see(city: City) -> None:
    at = {"lon": 122.0912, "lat": 46.0523}
    await city.report(location={**at, "crs": "CGCS2000"}, description="看不见的井盖")
    inspector, clerk = await city.person("inspector"), await city.person("clerk")
    assert len((await inspector.get("/cases/likely", **at)).body["items"]) == 1
    refused = await clerk.get("/cases/likely", **at)
    assert (refused.status, refused.code) == (403, "permission_missing")


async def test_a_position_of_another_system_is_taken_for_the_same_place(city: City) -> None:
    at = {"lon": 122.0812, "lat": 46.0423, "crs": "GCJ-02"}
    reported = await city.report(location={**REPORT["location"], **at}, description="火星坐标")  # type: ignore[dict-item]
    found = (await (await city.person("acceptor")).get("/cases/likely", **at)).body["items"]
    assert [(each["case"], each["likeness"]["metres"]) for each in found] == [(reported["case"], 0.0)]
